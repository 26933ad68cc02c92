const BYTES = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'];
const BITS = ['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'];

/** Source: CloudWatch API Reference, "MetricDatum", Unit; checked 2026-11-30. */
export const UNITS: readonly string[] = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  ...BYTES,
  ...BITS,
  'Percent',
  'Count',
  ...[...BYTES, ...BITS, 'Count'].map((unit) => `${unit}/Second`),
  'None',
];
