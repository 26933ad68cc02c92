/**
 * How much a finding matters: "error" when the site can't go live until it is mended, and no step waits for that, so that no
 * operation begins; "warning" when a step waits until a person has mended it (a delegation, a record at a DNS provider), or the
 * site works with less; "info" when there is nothing to do.
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
  /** The name of the site that it is about, where it is about one. */
  name?: string;
}

/** Those that no operation may begin with. */
export function toMendFirst(findings: readonly PreflightFinding[]): PreflightFinding[] {
  return findings.filter(({ severity }) => severity === 'error');
}
