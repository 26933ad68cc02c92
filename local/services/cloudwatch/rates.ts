import type { Rate } from '../../clock/token-bucket.ts';

const each = (perSecond: number): Rate => ({ burst: perSecond, perSecond });

// Source: CloudWatch User Guide, "CloudWatch service quotas", in a region; checked 2026-11-30. What it does not state has no bucket.
export const RATES: Readonly<Record<string, Rate>> = {
  DescribeAlarms: each(9),
  PutMetricAlarm: each(3),
  DeleteAlarms: each(3),
  SetAlarmState: each(3),
  EnableAlarmActions: each(3),
  DisableAlarmActions: each(3),
  ListMetrics: each(25),
};
