import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Elb } from '../elb.ts';
import type { LoadBalancer, Node } from '../load-balancers/load-balancer.ts';
import { probe } from './probe.ts';
import { type Target, type TargetGroup, usersOf } from './target-group.ts';

// The words of reason codes. Source: ELB API reference, TargetHealth; User Guide, "Health checks"; checked 2026-11-22.
export const INITIAL = {
  registering: {
    State: 'initial',
    Reason: 'Elb.RegistrationInProgress',
    Description: 'Target registration is in progress',
  },
  checking: {
    State: 'initial',
    Reason: 'Elb.InitialHealthChecking',
    Description: 'Initial health checks in progress',
  },
} as const satisfies Record<string, TargetHealth>;

const HEALTHY: TargetHealth = { State: 'healthy' };

const unused = (Reason: NonNullable<TargetHealth['Reason']>, Description: string): TargetHealth => ({
  State: 'unused',
  Reason,
  Description,
});

/** From registration to the first check, in seconds. Estimated; AWS states none. Checked 2026-11-22. */
const REGISTRATION_SECONDS = { min: 1, max: 5 };

/** How the target fares: what its checks say, unless something keeps it from being used at all. */
export function healthOf(elb: Elb, group: TargetGroup, target: Target | undefined): TargetHealth {
  if (!target) return unused('Target.NotRegistered', 'Target is not registered to the target group');
  if (target.draining) {
    return {
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    };
  }
  const state = group.targetType === 'instance' ? instanceOf(elb, group, target)?.state : 'running';
  const [user] = usersOf(group);
  if (!user) {
    return unused('Target.NotInUse', 'Target group is not configured to receive traffic from the load balancer');
  }
  if (state !== 'running') return unused('Target.InvalidState', `Target is in the ${state ?? 'terminated'} state`);
  if (!zoneEnabled(elb, group, { target, user })) {
    return unused('Target.NotInUse', 'Target is in an Availability Zone that is not enabled for the load balancer');
  }
  return target.checked;
}

/** The address that requests to the target go to; undefined when there is none any more. */
export const addressOf = (elb: Elb, group: TargetGroup, target: Target): string | undefined =>
  group.targetType === 'ip' ? target.id : instanceOf(elb, group, target)?.privateAddress;

/** Lets the checks of every target group of the load balancer begin, or go on. */
export function checkTargetsOf(elb: Elb, loadBalancer: LoadBalancer): void {
  for (const group of loadBalancer.region.targetGroups.values()) {
    if (usersOf(group).includes(loadBalancer)) checkTargets(elb, group);
  }
}

/**
 * Begins the checks of targets that have none yet. There are nodes to check from once the load balancer is active: the
 * documentation has targets checked by the nodes, so that until then registration stays in progress.
 */
export function checkTargets(elb: Elb, group: TargetGroup): void {
  const [user] = usersOf(group);
  if (user?.state !== 'active') return;
  for (const target of group.targets.values()) {
    if (target.timer) continue;
    target.checked = INITIAL.registering;
    const seconds = elb.host.draws.seconds('elasticloadbalancing:registered', target.id, REGISTRATION_SECONDS);
    target.timer = elb.host.clock.after(seconds * 1000, () => {
      target.checked = INITIAL.checking;
      check(elb, group, target);
    });
  }
}

/** Ends the checks of targets that no load balancer uses any more, and forgets what they said. */
export function forgetUnused(group: TargetGroup): void {
  if (usersOf(group).length > 0) return;
  for (const [key, target] of group.targets) {
    restart(target);
    if (target.draining) group.targets.delete(key);
  }
}

/** An instance has changed: its targets begin anew, or go with it. */
export function followInstances(elb: Elb): void {
  elb.network.watch((instanceId) => {
    for (const region of elb.regions) {
      for (const group of region.targetGroups.values()) {
        for (const [key, target] of group.targets) {
          if (target.id !== instanceId || target.draining) continue;
          restart(target);
          if (instanceOf(elb, group, target)?.state === 'terminated') group.targets.delete(key);
        }
        checkTargets(elb, group);
      }
    }
  });
}

function restart(target: Target): void {
  target.timer?.cancel();
  target.timer = undefined;
  target.against = 0;
  target.checked = INITIAL.registering;
}

/** One check, and the next an interval after its beginning, whatever it takes. */
function check(elb: Elb, group: TargetGroup, target: Target): void {
  const next = elb.host.clock.after(group.healthCheck.intervalSeconds * 1000, () => check(elb, group, target));
  target.timer = next;
  const [user] = usersOf(group);
  const address = addressOf(elb, group, target);
  const node = user && nodeFor(elb, group, { target, user });
  if (!node || address === undefined || healthOf(elb, group, target).State === 'unused') return;
  const { healthCheck: settings } = group;
  const to = { address, port: settings.port === 'traffic-port' ? target.port : Number(settings.port) };
  // Not waited for: what filters packets would let AWS time wait for the end of its own time-out.
  void probe(elb, { from: node.addresses.privateAddress, to, settings }).then((failure) => {
    const begunAnew = target.timer !== next;
    if (!begunAnew) learn(group, target, failure);
  });
}

/** One passed check makes a new target healthy; after that the thresholds count. */
function learn(group: TargetGroup, target: Target, failure: TargetHealth | undefined): void {
  const { healthyThreshold, unhealthyThreshold } = group.healthCheck;
  const { State } = target.checked;
  if (failure === undefined) {
    target.against = State === 'unhealthy' ? target.against + 1 : 0;
    if (State === 'initial' || target.against >= healthyThreshold) become(target, HEALTHY);
  } else if (State === 'unhealthy') become(target, failure);
  else {
    target.against++;
    if (target.against >= unhealthyThreshold) become(target, failure);
  }
}

function become(target: Target, health: TargetHealth): void {
  target.checked = health;
  target.against = 0;
}

const instanceOf = (elb: Elb, { region }: TargetGroup, { id }: Target) => elb.network.instance(region.name, id);

function zoneEnabled(elb: Elb, group: TargetGroup, { target, user }: { target: Target; user: LoadBalancer }): boolean {
  const zone = group.targetType === 'instance' ? instanceOf(elb, group, target)?.zone : undefined;
  return zone === undefined || user.nodes.some((node) => node.zone.name === zone);
}

/** The node in the target's zone checks it; AWS's all do, and agree. */
function nodeFor(
  elb: Elb,
  group: TargetGroup,
  { target, user }: { target: Target; user: LoadBalancer },
): Node | undefined {
  const zone = group.targetType === 'instance' ? instanceOf(elb, group, target)?.zone : undefined;
  return user.nodes.find((node) => node.zone.name === zone) ?? user.nodes[0];
}
