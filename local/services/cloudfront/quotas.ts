import type { Rate } from '../../clock/token-bucket.ts';

// Source: CloudFront Developer Guide, "Quotas"; checked 2026-11-29.
export const DISTRIBUTIONS = 500;
export const ALIASES_PER_DISTRIBUTION = 100;
export const ORIGINS_PER_DISTRIBUTION = 100;
export const BEHAVIORS_PER_DISTRIBUTION = 75;
export const ORIGIN_GROUPS_PER_DISTRIBUTION = 10;
export const CUSTOM_HEADERS_PER_ORIGIN = 30;
export const TAGS_PER_DISTRIBUTION = 50;
export const ORIGIN_ACCESS_CONTROLS = 100;
export const FUNCTIONS = 100;
/** 10 KB, code alone. */
export const FUNCTION_BYTES = 10_240;
export const DISTRIBUTIONS_PER_FUNCTION = 100;
export const RESPONSE_HEADERS_POLICIES = 20;
export const DISTRIBUTIONS_PER_POLICY = 100;
/** AWS has an error for it and publishes no figure. Estimated as those of functions and policies; checked 2026-11-30. */
export const DISTRIBUTIONS_PER_ACCESS_CONTROL = 100;
export const CUSTOM_HEADERS_PER_POLICY = 10;
export const REMOVED_HEADERS_PER_POLICY = 10;
/** Of names and values together. */
export const HEADER_BYTES_PER_POLICY = 10_240;

// Source: CloudFront Developer Guide, "Concurrent invalidation request maximum", and for paths "What you need to know"; checked 2026-11-30.
/** Files without a wildcard that are being invalidated at a time, of a distribution. */
export const INVALIDATED_FILES = 3_000;
export const INVALIDATED_WILDCARDS = 15;
export const INVALIDATION_PATH_CHARACTERS = 4_000;

/** AWS publishes no rate of the control plane. Estimated low, so that callers learn to back off; checked 2026-11-29. */
export const RATE: Rate = { burst: 20, perSecond: 5 };
