import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readTargets } from '../../aws/load-balancers/targets.ts';
import { type Change, inPhase, type ResourceRef } from '../../domain/changes/change.ts';
import { isStandIn } from '../../domain/changes/stand-in.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import type { TargetHealth } from '../../domain/load-balancers/readiness.ts';
import {
  type Target,
  targetGroupName,
  targetLabel,
  unwantedTargets,
} from '../../domain/load-balancers/target-group.ts';
import { targetOf } from '../../domain/origins/origin.ts';
import type { Resource } from '../resource.ts';

const TYPE = 'target';

export interface DesiredTarget extends Target {
  group: string;
}

/**
 * The targets of the group that the document uses. The one that is declared is prepared with its group; all others are
 * deregistered before anything else is released, once it is healthy: until then they serve.
 */
export const targets: Resource<DesiredTarget, readonly TargetHealth[], object> = {
  type: TYPE,
  desired: ({ site }) =>
    site && needsResource(site, 'load balancer') ? [{ ...targetOf(site), group: targetGroupName(site) }] : [],
  async read({ clients }, scope) {
    const targetGroupArn = scope.known.CreateTargetGroup?.targetGroupArn;
    if (targets.desired(scope).length === 0 || targetGroupArn === undefined || isStandIn(targetGroupArn)) return [];
    return readTargets(clients(ElasticLoadBalancingV2Client), targetGroupArn);
  },
  changes: targetChanges,
  handles: () => ({}),
};

function targetChanges([desired]: readonly DesiredTarget[], seen: readonly TargetHealth[]): Change[] {
  if (!desired) return [];
  const { group } = desired;
  const released = unwantedTargets(seen, desired).map((target) => {
    const { id, port } = target;
    const message = `Take ${targetLabel(target)}, port ${port}, out of "${group}": it is no longer declared`;
    return { verb: 'delete' as const, resource: targetRef(group, target), before: { id, port }, message };
  });
  return inPhase('release', released);
}

/** A target as plans name it: an instance or an address and its port in a group. */
export function targetRef(group: string, { id, port }: Target): ResourceRef {
  return { type: TYPE, name: `${group} ${id}:${port}` };
}
