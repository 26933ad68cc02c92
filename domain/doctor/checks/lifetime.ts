/**
 * The longest that a public certificate may be valid, by the day of issue.
 * Source: CA/Browser Forum Baseline Requirements, section 6.3.2 (Ballot SC-081v3), checked 2026-11-29.
 */
const LONGEST_DAYS: readonly [from: string, days: number][] = [
  ['2029-03-15', 47],
  ['2027-03-15', 100],
  ['2026-03-15', 200],
  ['2020-09-01', 398],
];

/** From 2018-03-01 until the first of these days. */
const FORMERLY = 825;

/** In days, for a certificate that is valid from `issued` on. */
export function longestAllowedDays(issued: Date): number {
  return LONGEST_DAYS.find(([from]) => issued >= new Date(from))?.[1] ?? FORMERLY;
}
