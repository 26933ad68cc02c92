// AWS publishes none of these: estimates, on the slow side of what public logs show; checked 2026-11-30.

/** From a change of a health check until its checkers work by it. */
export const CHECKERS_SECONDS = { min: 1, max: 8 };

/** From the result that decides until the name servers and the metrics have the status. */
export const AGGREGATION_SECONDS = { min: 0.5, max: 3 };
