import type { Rate } from '../../clock/token-bucket.ts';

// Source: AWS Secrets Manager User Guide, "AWS Secrets Manager quotas"; checked 2026-11-29. Each rate counts per account and Region.

/** Of a secret's value, encrypted. */
export const MOST_VALUE_BYTES = 65_536;
/** Versions without a staging label beyond these are removed, once they are a day old. */
export const VERSIONS = 100;
export const LABELS_PER_SECRET = 20;
export const TAGS_PER_SECRET = 50;

/** Days that a secret can be restored for. Source: DeleteSecret, `RecoveryWindowInDays`, checked 2026-11-29. */
export const RECOVERY_DAYS = { min: 7, max: 30, default: 30 };

/** Seconds that the name of one that was deleted by force stays taken. Source: DeleteSecret ("asynchronous"), estimate, checked 2026-11-29. */
export const DELETING_SECONDS = { min: 1, max: 15 };

const perSecond = (calls: number): Rate => ({ burst: calls, perSecond: calls });

export const RATES: Record<string, Rate> = {
  GetSecretValue: perSecond(10_000),
  DescribeSecret: perSecond(10_000),
  CreateSecret: perSecond(50),
  PutSecretValue: perSecond(50),
  UpdateSecret: perSecond(50),
  DeleteSecret: perSecond(50),
  RestoreSecret: perSecond(50),
  TagResource: perSecond(50),
  UntagResource: perSecond(50),
  ListSecrets: perSecond(100),
  ListSecretVersionIds: perSecond(50),
};
