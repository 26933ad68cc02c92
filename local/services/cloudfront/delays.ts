// All in seconds of AWS time.

/** From the creation until a distribution is deployed. AWS publishes no figure; estimated from public logs, checked 2026-11-29. */
export const CREATION = { min: 180, max: 225 };

/** From a change until it is deployed. AWS publishes no figure; estimated from public logs, checked 2026-11-29. */
export const UPDATE = { min: 60, max: 90 };

/** When an edge location has a change, as a share of its deployment: each at a time of its own, the last one at the end. */
export const EDGE_SHARE = { min: 0.1, max: 1 };

/** From an invalidation until the last edge location has done it. AWS publishes no figure; estimated from public logs, checked 2026-11-30. */
export const INVALIDATION = { min: 10, max: 60 };

/** From the publication of a function until an edge location runs it. AWS says "seconds"; estimated, checked 2026-11-30. */
export const PUBLICATION = { min: 1, max: 15 };
