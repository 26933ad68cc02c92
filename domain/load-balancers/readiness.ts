import type { Ailing, Closed, Failed, Verdict } from '../gates/verdict.ts';
import type { Origin } from '../origins/origin.ts';
import { isHealthyStatus } from './target-group.ts';

/** How a load balancer and its target stand. */
export interface EdgeHealth {
  /** "provisioning", "active", "active_impaired", "failed" */
  state: string;
  stateReason?: string;
  targets: Omit<TargetHealth, 'port'>[];
  targetGroupArn: string;
  /** Whether the target was registered so lately that ELB may not list it yet. */
  justRegistered?: boolean;
  /** What the health path answers under the site's name, once that was looked at. */
  byName?: { name: string; status: number } | undefined;
}

export interface TargetHealth {
  /** Of an instance, or a private address. */
  id: string;
  port: number;
  /** Of an address outside the VPC: registered for all Availability Zones. */
  everyZone?: true;
  /** "initial", "healthy", "unhealthy", "unused", "draining", "unavailable" */
  state: string;
  /** "Target.ResponseCodeMismatch" … */
  reason?: string;
  description?: string;
}

type Check = (health: EdgeHealth, origin: Origin) => Closed | Ailing | Failed | undefined;

/** What is waited for by itself. */
const waiting = (message: string): Closed => ({ state: 'closed', message });

/** A web server that answers wrongly may mend itself, or be mended. */
const ailing = (message: string): Ailing => ({
  state: 'ailing',
  message,
  failure: `${message}. Then declare the site again`,
});

/** Whether traffic may come: the load balancer is active and a target healthy (failures L13). */
export function readiness(health: EdgeHealth, origin: Origin): Verdict<Record<string, never>> {
  for (const check of [loadBalancerFailed, targetIll, notActive, targetGone, targetUnused, noHealthyTarget]) {
    const verdict = check(health, origin);
    if (verdict) return verdict;
  }
  return { state: 'open', output: {}, message: `The load balancer is active and finds the ${origin.kind} healthy` };
}

const isHealthy = ({ targets }: EdgeHealth) => targets.some(({ state }) => state === 'healthy');

const loadBalancerFailed: Check = ({ state, stateReason }) =>
  state === 'failed'
    ? {
        state: 'failed',
        name: 'Refused',
        message: `AWS could not make the load balancer: ${stateReason ?? 'no reason given'}. Undo the site where it is held, which deletes this load balancer, then declare it again`,
      }
    : undefined;

/** Told while the load balancer is still being made, too: there is time to mend it. */
const targetIll: Check = (health, origin) => {
  const ill = health.targets.find(({ state }) => state === 'unhealthy');
  if (isHealthy(health) || !ill) return undefined;
  const says = ill.description ? `: ${ill.description.replace(/\.$/, '')}` : '';
  const message = `The load balancer finds ${origin.label} unhealthy (${ill.reason ?? 'no reason given'}${says}). ${hostAdvice(health, origin) ?? adviceFor(ill.reason, origin)}`;
  return ailing(message);
};

/** Whether a target answers the health check, and not as it should: its answer may depend on the Host. */
export function answersWrongly({ targets }: Pick<EdgeHealth, 'targets'>): boolean {
  return targets.some(({ state, reason }) => state === 'unhealthy' && reason === 'Target.ResponseCodeMismatch');
}

/**
 * What to do about a web server that answers its name and not its address. Source: Elastic Load Balancing User Guide,
 * "Health checks for Application Load Balancer target groups": the Host is the target's address; checked 2026-11-29.
 */
function hostAdvice({ byName, ...health }: EdgeHealth, { healthPath }: Origin): string | undefined {
  if (!byName || !isHealthyStatus(byName.status) || !answersWrongly(health)) return undefined;
  return `Its web server answers "${healthPath}" with ${byName.status} under "${byName.name}", and not under its own address, which is the Host that health checks send: allow that Host in its configuration, or declare a healthPath that answers under any Host`;
}

const notActive: Check = ({ state }) =>
  state === 'active' || state === 'active_impaired'
    ? undefined
    : waiting('Waiting until AWS has made the load balancer; that takes two to three minutes');

/** CreateTargetGroup has registered it: another tool has deregistered it since. */
const targetGone: Check = ({ targets, justRegistered, targetGroupArn }, { kind, id, label, port }) => {
  if (targets.some(({ state }) => state !== 'draining')) return undefined;
  if (justRegistered && targets.length === 0) {
    return waiting(`Waiting until DescribeTargetHealth returns ${label}, port ${port}`);
  }
  const message = `The ${kind} "${id}", port ${port}, is not registered in the target group (any more): another tool may have deregistered it (CloudTrail: DeregisterTargets). Register it again (aws elbv2 register-targets --target-group-arn ${targetGroupArn} --targets Id=${id},Port=${port}), and have that tool leave the target group alone`;
  return ailing(message);
};

/** ELB sends it no health checks, and so never finds it healthy, until that is changed. */
const targetUnused: Check = (health, origin) => {
  const unused = health.targets.find(({ state, reason }) => state === 'unused' && reason !== undefined);
  if (isHealthy(health) || !unused) return undefined;
  const says = unused.description ? `: ${unused.description.replace(/\.$/, '')}` : '';
  const message = `The load balancer sends ${origin.label} nothing (${unused.reason}${says}). ${adviceFor(unused.reason, origin)}`;
  return ailing(message);
};

const noHealthyTarget: Check = (health, { label }) =>
  isHealthy(health) ? undefined : waiting(`Waiting until the load balancer finds ${label} healthy`);

/** Source: Elastic Load Balancing User Guide, "Target health reason codes", checked 2026-11-22. */
function adviceFor(reason: string | undefined, { kind, label, port, healthPath }: Origin): string {
  switch (reason) {
    case 'Target.ResponseCodeMismatch':
      return `Make its web server answer "${healthPath}" on port ${port} with a status from 200 to 399, or declare another healthPath`;
    case 'Target.Timeout':
      return `Check that its web server listens on port ${port}, and that no security group, network ACL or firewall on it keeps the load balancer out${kind === 'server' ? ` (allow TCP ${port} from the security group of the load balancer, or from its subnets where ${label} is outside the VPC, and give these a route to it)` : ''}`;
    case 'Target.FailedHealthChecks':
      return `Check that its web server runs and listens on port ${port}`;
    case 'Target.InvalidState':
      return `Have ${label} running: start it when it is stopped, wait when it is starting`;
    case 'Target.NotInUse':
      return `Another tool may have deleted or changed the listener on port 443, or the subnets of the load balancer, of which one must be in the zone of the ${kind} (CloudTrail: DeleteListener, ModifyListener, SetSubnets). Have that tool leave them alone`;
    default:
      return `Look at its web server on port ${port}, path "${healthPath}"`;
  }
}
