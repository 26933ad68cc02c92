/**
 * How much a finding matters: "error" when the site can't go live until it is mended, "warning" when it waits or works
 * with less until then, "info" when there is nothing to do.
 */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What a check found before money is spent. */
export interface PreflightFinding {
  severity: Severity;
  /** Named as the fact: "zoneNotDelegated". */
  check: string;
  /** What is so and the exact fix. */
  message: string;
}
