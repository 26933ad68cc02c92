import type { Rate } from '../../clock/token-bucket.ts';

// Source: EventBridge Scheduler User Guide, "Quotas"; checked 2026-11-30.
export const MAX_GROUPS = 500;
export const MAX_INPUT_BYTES = 262_144;
export const MAX_TAGS = 200;

export const RATES: Record<string, Rate> = {
  CreateScheduleGroup: { burst: 10, perSecond: 10 },
  DeleteScheduleGroup: { burst: 10, perSecond: 10 },
  TagResource: { burst: 1, perSecond: 1 },
  UntagResource: { burst: 1, perSecond: 1 },
};
