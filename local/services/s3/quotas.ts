import type { Rate } from '../../clock/token-bucket.ts';

// Source: Amazon S3 User Guide, "Bucket quotas" and "Object key names", and API Reference, "PutBucketPolicy"; checked 2026-11-30.
export const BUCKETS = 10_000;
export const KEY_BYTES = 1024;
export const POLICY_BYTES = 20_480;
export const METADATA_BYTES = 2048;
export const KEYS_PER_PAGE = 1000;
export const TAGS_PER_BUCKET = 50;

/** Of the objects of one prefix; the local AWS takes a bucket for one. Source: Amazon S3 User Guide, "Best practices design patterns"; checked 2026-11-30. */
const WRITES: Rate = { burst: 3500, perSecond: 3500 };
const READS: Rate = { burst: 5500, perSecond: 5500 };

export const RATES: Record<string, Rate> = {
  PutObject: WRITES,
  CopyObject: WRITES,
  DeleteObject: WRITES,
  GetObject: READS,
  HeadObject: READS,
};
