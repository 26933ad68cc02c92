import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Elb } from '../elb.ts';
import type { LoadBalancer, Node } from '../load-balancers/load-balancer.ts';
import { drain } from './drain.ts';
import { addressOf, healthOf, INITIAL, instanceOf, isRouted, zoneOf } from './health.ts';
import { probe } from './probe.ts';
import { type Target, type TargetGroup, usersOf } from './target-group.ts';

const HEALTHY: TargetHealth = { State: 'healthy' };

/** From registration to the first check, in seconds. Estimated; AWS states none. Checked 2026-11-22. */
const REGISTRATION_SECONDS = { min: 1, max: 5 };

/** So many results alike, and the next one is known as long as nothing changes. */
const ALIKE_TO_REST = 3;

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
    if (target.timer || target.restingUntil) continue;
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

/** Keeps checks in step with the world: an instance's targets begin anew with it, or drain with it; who rests wakes. */
export function followWorld(elb: Elb): void {
  elb.network.watch((instanceId) => {
    for (const group of groupsOf(elb)) {
      for (const [key, target] of group.targets) {
        if (target.id !== instanceId || target.draining) continue;
        restart(target);
        if (instanceOf(elb, group, target)?.state === 'terminated') drain(elb, group, { key, target });
      }
      checkTargets(elb, group);
    }
  });
  elb.watchChanges(() => {
    for (const group of groupsOf(elb)) {
      for (const target of group.targets.values()) wake(elb, group, target);
    }
  });
}

const groupsOf = (elb: Elb): TargetGroup[] =>
  [...elb.regions].flatMap(({ targetGroups }) => [...targetGroups.values()]);

function restart(target: Target): void {
  target.timer?.cancel();
  Object.assign(target, {
    timer: undefined,
    restingUntil: undefined,
    against: 0,
    alike: 0,
    checked: INITIAL.registering,
  });
}

/** One check, and the next an interval after its beginning, whatever it takes. */
function check(elb: Elb, group: TargetGroup, target: Target): void {
  const interval = group.healthCheck.intervalSeconds * 1000;
  const nextAt = new Date(elb.host.clock.now().getTime() + interval);
  const next = elb.host.clock.after(interval, () => check(elb, group, target));
  target.timer = next;
  const [user] = usersOf(group);
  const address = addressOf(elb, group, target);
  const node = user && nodeFor(elb, group, { target, user });
  if (!node || address === undefined || healthOf(elb, group, target).State === 'unused') return;
  const { healthCheck: settings } = group;
  const to = { address, port: settings.port === 'traffic-port' ? target.port : Number(settings.port) };
  // Not waited for: what filters packets would let AWS time wait for the end of its own time-out.
  const routed = isRouted(elb, group, { target, node });
  void probe(elb, { from: node.addresses.privateAddress, to, settings, routed }).then((failure) => {
    const begunAnew = target.timer !== next;
    if (begunAnew) return;
    const before = target.checked;
    learn(group, target, failure);
    if (target.checked !== before) elb.internet.changed();
    if (target.alike >= ALIKE_TO_REST && instanceOf(elb, group, target)?.steady) rest(target, nextAt);
  });
}

/** One passed check makes a new target healthy; after that the thresholds count. */
function learn(group: TargetGroup, target: Target, failure: TargetHealth | undefined): void {
  const { healthyThreshold, unhealthyThreshold } = group.healthCheck;
  const { State, Description } = target.checked;
  const alike =
    failure === undefined ? State === 'healthy' : State === 'unhealthy' && Description === failure.Description;
  target.alike = alike ? target.alike + 1 : 0;
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

/** Asks no more until something changes: half a year of AWS time holds half a million checks with one answer. */
function rest(target: Target, nextAt: Date): void {
  target.timer?.cancel();
  target.timer = undefined;
  target.restingUntil = nextAt;
}

/** Goes on at the moment that would have been next. */
function wake(elb: Elb, group: TargetGroup, target: Target): void {
  if (!target.restingUntil) return;
  const interval = group.healthCheck.intervalSeconds * 1000;
  const late = elb.host.clock.now().getTime() - target.restingUntil.getTime();
  const wait = late > 0 ? interval - (late % interval) : -late;
  target.restingUntil = undefined;
  target.alike = 0;
  target.timer = elb.host.clock.after(wait, () => check(elb, group, target));
}

/** The node in the target's zone checks it; AWS's all do, and agree. */
function nodeFor(
  elb: Elb,
  group: TargetGroup,
  { target, user }: { target: Target; user: LoadBalancer },
): Node | undefined {
  const zone = zoneOf(elb, group, target);
  return user.nodes.find((node) => node.zone.name === zone) ?? user.nodes[0];
}
