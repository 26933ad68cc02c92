/**
 * What ACM tells of a certificate that is not renewed or expires soon. They are hints: best effort, and 15 days later than what the
 * sweep reads. Source: ACM User Guide, "Amazon EventBridge support for ACM"; checked 2026-11-30.
 */
export const RENEWAL_EVENTS = [
  'ACM Certificate Renewal Action Required',
  'ACM Certificate Approaching Expiration',
  'ACM Certificate Expired',
  'ACM Certificate Revoked',
] as const;
