import { type HealthCheck, probes } from './health-check.ts';

/**
 * An endpoint is healthy while more than this share of the checkers says so.
 * Source: Route 53 Developer Guide, "How Amazon Route 53 determines whether a health check is healthy"; checked 2026-11-30.
 */
const HEALTHY_SHARE = 0.18;

/**
 * The status that follows from what is known, with the inversion; undefined while nothing is known, which leaves a new check as it
 * began: healthy, or unhealthy when inverted. A disabled check is healthy, whatever was found.
 */
export function statusOf(check: HealthCheck, childHealthy: (id: string) => boolean): boolean | undefined {
  const { Disabled: disabled, Inverted: inverted = false } = check.applied;
  if (disabled) return true;
  const found = foundBy(check, childHealthy);
  return found === undefined ? !inverted : found !== inverted;
}

function foundBy(check: HealthCheck, childHealthy: (id: string) => boolean): boolean | undefined {
  const { Type: type, HealthThreshold: needed = 0, ChildHealthChecks: children = [] } = check.applied;
  if (type === 'CALCULATED') return children.filter(childHealthy).length >= needed;
  if (!probes(type)) return check.metricHealthy;
  const share = shareHealthy(check);
  return share === undefined ? undefined : share > HEALTHY_SHARE;
}

/** The share of checkers that say healthy; undefined before the first has checked. */
export function shareHealthy({ checkers }: HealthCheck): number | undefined {
  const reporting = checkers.filter(({ last }) => last !== undefined);
  if (reporting.length === 0) return undefined;
  return reporting.filter(({ healthy }) => healthy).length / reporting.length;
}
