import type { Elb } from '../elb.ts';
import { type Target, type TargetGroup, usersOf } from './target-group.ts';

/**
 * Takes a target out: it gets no new requests, and is shown draining for the deregistration delay. Without a load balancer
 * there is nothing to drain.
 */
export function drain(elb: Elb, group: TargetGroup, { key, target }: { key: string; target: Target }): void {
  if (target.draining) return;
  target.timer?.cancel();
  if (usersOf(group).length === 0) {
    group.targets.delete(key);
    return;
  }
  target.draining = true;
  target.restingUntil = undefined;
  const seconds = Number(group.attributes.get('deregistration_delay.timeout_seconds'));
  target.timer = elb.host.clock.after(seconds * 1000, () => group.targets.delete(key));
}
