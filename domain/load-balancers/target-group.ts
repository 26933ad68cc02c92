import { createHash } from 'node:crypto';
import { isIpv4 } from '../addresses.ts';
import { originOf } from '../origins/origin.ts';
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

/** Whether a health check takes an answer of that status for well. */
export function isHealthyStatus(status: number): boolean {
  const [from = 0, to = 0] = HEALTH_CHECK.matcher.split('-').map(Number);
  return status >= from && status <= to;
}

/**
 * The name of the group of a site's targets that are asked for one health path: what all groups of the site begin with, and 8
 * hexadecimal digits. Every target has a port of its own, so that another instance or another port is another target in the
 * same group; another path is another group, since a target that serves need not answer it.
 */
export function targetGroupName({ domain, ...site }: Pick<Site, 'domain' | 'origin'>): string {
  const { healthPath, target } = originOf(site);
  const { targetType, protocol } = targetKindOf(site);
  // Type and protocol cannot be changed. That of instances has no more than the path in its name.
  const what = target && isIpv4(target.id) ? `${targetType} ${protocol} ${healthPath}` : healthPath;
  return `${targetGroupPrefix(domain)}${createHash('sha256').update(what).digest('hex').slice(0, 8)}`;
}

/** What a target group registers, and over what its targets are asked. */
export interface TargetKind {
  targetType: 'instance' | 'ip';
  protocol: 'HTTP' | 'HTTPS';
}

/** Source: ELB User Guide, "Target groups for your Application Load Balancers": certificates of targets are not verified; checked 2026-11-30. */
export function targetKindOf(site: Pick<Site, 'origin'>): TargetKind {
  const { target, scheme } = originOf(site);
  return {
    targetType: target && isIpv4(target.id) ? 'ip' : 'instance',
    protocol: scheme === 'https' ? 'HTTPS' : 'HTTP',
  };
}

/** 'the instance "i-0123456789abcdef0"', "the server 10.0.1.7" */
export function targetLabel({ id }: Pick<Target, 'id'>): string {
  return isIpv4(id) ? `the server ${id}` : `the instance "${id}"`;
}

/** What the names of a site's target groups begin with. */
export function targetGroupPrefix(domain: string): string {
  return `${resourceName(domain)}-`;
}

/** Who gets the requests. */
export type Target = Pick<TargetHealth, 'id' | 'port' | 'everyZone'>;

export function isSameTarget(one: Target, other: Target): boolean {
  return one.id === other.id && one.port === other.port;
}

/** Whether the group has the target. One that drains is on its way out, and is registered anew. */
export function hasTarget(targets: readonly TargetHealth[], wanted: Target): boolean {
  return targets.some((target) => isSameTarget(target, wanted) && target.state !== 'draining');
}

/** The targets that are no longer declared; those that drain are on their way out already. */
export function unwantedTargets(targets: readonly TargetHealth[], wanted: Target): TargetHealth[] {
  return targets.filter((target) => !isSameTarget(target, wanted) && target.state !== 'draining');
}

/** The targets that others have registered in a group; those that drain are on their way out already. */
export function foreignTargets(targets: readonly TargetHealth[], own: readonly Target[]): TargetHealth[] {
  return targets.filter((target) => target.state !== 'draining' && !own.some((one) => isSameTarget(one, target)));
}
