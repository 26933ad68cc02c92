import type { Rate } from '../../clock/token-bucket.ts';

// Source: Route 53 Developer Guide, "Quotas" and "Throttling for Amazon Route 53 API requests", checked 2026-11-22.

export const MAX_HOSTED_ZONES = 500;
export const MAX_HEALTH_CHECKS = 200;
export const MAX_RECORD_SETS_PER_ZONE = 10_000;
export const MAX_VALUES_PER_SET = 400;
/** Of one batch; an UPSERT counts twice. */
export const MAX_RECORDS_PER_BATCH = 1000;
/** Characters of all values of one batch; an UPSERT counts twice. */
export const MAX_CHARACTERS_PER_BATCH = 32_000;

export const RATES: { all: Rate; actions: Record<string, Rate> } = {
  all: { burst: 50, perSecond: 10 },
  actions: {
    CreateHostedZone: { burst: 40, perSecond: 2 },
    DeleteHostedZone: { burst: 40, perSecond: 5 },
    CreateHealthCheck: { burst: 50, perSecond: 0.5 },
    UpdateHealthCheck: { burst: 50, perSecond: 5 },
    DeleteHealthCheck: { burst: 15, perSecond: 3 },
    GetHealthCheckStatus: { burst: 4, perSecond: 1 },
  },
};

/** The account's second bucket: what is changed, not how often somebody calls. */
export const CHANGE_RATE: Rate = { burst: 1500, perSecond: 100 };
export const CHANGE_TOKENS = { CREATE: 1, DELETE: 1, UPSERT: 2 } as const;
export const ZONE_TOKENS = 2;
