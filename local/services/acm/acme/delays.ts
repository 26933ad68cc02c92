// How long ACM takes with ACME endpoints, in seconds of AWS time. Drawn between `min` and `max`.
// AWS publishes one figure, "up to two minutes" for a certificate; the others are as long as ACM's own, or were seen by
// polling: ACTIVE at the first look, gone within 15 s. Checked 2026-11-29.

/** From CREATING to ACTIVE. */
export const ENDPOINT_ACTIVE = { min: 0, max: 3 };
/** From DELETING until an endpoint or a domain validation is gone. */
export const ACME_DELETION = { min: 5, max: 15 };
/** Until the ResourceRecord of a domain validation appears. */
export const ACME_RECORD = { min: 3, max: 8 };
/** Until a domain validation that cannot succeed is INVALID. */
export const ACME_REFUSAL = { min: 1, max: 5 };
/** Until a domain validation is VALID, from ACM's seeing its CNAME. */
export const ACME_VALID = { min: 5, max: 30 };
/** From finalize to the certificate. Source: ACM User Guide, "Troubleshoot ACME certificate automation". */
export const ACME_ISSUE = { min: 10, max: 120 };
