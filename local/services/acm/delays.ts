// How long ACM takes, in seconds of AWS time. Drawn between `min` and `max`.
// Source: public logs and issue threads, for AWS publishes none of these; checked 2026-11-22.

/** Until Describe and the other calls know a certificate that was just requested. */
export const VISIBLE = { min: 0, max: 2 };
/** Until a name's ResourceRecord appears, counted from the request. */
export const RESOURCE_RECORD = { min: 3, max: 8 };
/** Until a name that ACM refuses by policy fails the request, counted from the request. */
export const REFUSAL = { min: 1, max: 5 };
/** Until the certificate is issued, counted from ACM's seeing the last CNAME. */
export const ISSUE = { min: 15, max: 60 };
/** Until the renewed certificate replaces the old one, counted from ACM's seeing that it may be renewed. */
export const RENEWAL = { min: 600, max: 7_200 };
/** Until ACM notices that nothing uses a certificate any more. */
export const RELEASE = { min: 8, max: 12 };
/** The same where it takes long: the certificate cannot be deleted until then. Source: failures A19; checked 2026-11-29. */
export const RELEASE_LATE = { min: 60, max: 1_100 };
/** Until ACM notices that something uses a certificate, where it takes long. */
export const USE_LATE = { min: 5, max: 120 };
