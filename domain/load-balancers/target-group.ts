import { resourceName } from '../ownership.ts';
import type { Site } from '../sites/site.ts';
import type { TargetHealth } from './readiness.ts';

/**
 * How the load balancer looks after its target. Two good answers five seconds apart make it healthy, so a site is ready
 * soon after its listener stands; two bad ones make it unhealthy. Source: CreateTargetGroup (interval 5 to 300 s,
 * timeout 2 to 120 s and below the interval, thresholds 2 to 10), checked 2026-11-22.
 */
export const HEALTH_CHECK = {
  intervalSeconds: 5,
  timeoutSeconds: 4,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  /** Status codes that count as healthy: a page that sends elsewhere is a page. */
  matcher: '200-399',
} as const;

/** The port is part of the name because it can't be changed afterwards: another port is another target group. */
export function targetGroupName({ domain, origin }: Pick<Site, 'domain' | 'origin'>): string {
  return `${resourceName(domain)}-${origin.instance.port}`;
}

/** What makes the instance the only target: draining ones are on their way out already. */
export function targetChanges(
  targets: readonly Pick<TargetHealth, 'id' | 'state'>[],
  instanceId: string,
): { register: boolean; deregister: string[] } {
  const standing = targets.filter(({ state }) => state !== 'draining').map(({ id }) => id);
  return { register: !standing.includes(instanceId), deregister: standing.filter((id) => id !== instanceId) };
}
