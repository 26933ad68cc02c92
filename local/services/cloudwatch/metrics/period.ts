import { invalidValue } from '../errors.ts';

const FINE = [1, 5, 10, 20, 30];

/** A period in ms. Seconds must be 1, 5, 10, 20, 30 or a multiple of 60. */
export function periodMs(seconds: number | undefined): number {
  if (seconds !== undefined && seconds > 0 && (FINE.includes(seconds) || seconds % 60 === 0)) return seconds * 1_000;
  throw invalidValue('The parameter Period must be a value of 1, 5, 10, 20, 30, or any multiple of 60.');
}

/** The instants of a query as numbers; the start must lie before the end. */
export function span({ StartTime, EndTime }: { StartTime?: Date | undefined; EndTime?: Date | undefined }): {
  start: number;
  end: number;
} {
  const start = StartTime?.getTime() ?? 0;
  const end = EndTime?.getTime() ?? 0;
  if (start < end) return { start, end };
  throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
}

// Source: CloudWatch API Reference, "MetricStat", `Period`: else no data points in that range are returned; checked 2026-12-01.
const KEPT = [
  { ms: 3 * 3_600_000, multipleMs: 60_000 },
  { ms: 15 * 86_400_000, multipleMs: 300_000 },
  { ms: 63 * 86_400_000, multipleMs: 3_600_000 },
];

/** The first instant that there are points of that period for, when it is now. */
export function oldestOf(periodMs: number, now: number): number {
  const kept = KEPT.find(({ multipleMs }) => periodMs % multipleMs !== 0);
  return kept ? now - kept.ms : 0;
}
