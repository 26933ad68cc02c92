import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { deregisterTarget } from '../../aws/load-balancers/targets.ts';
import type { TargetHealth } from '../../domain/load-balancers/readiness.ts';
import type { Applying } from '../resource.ts';
import { type DesiredTarget, targetRef, targets } from './targets.ts';
import { targetInWords } from './users.ts';

/** Deregisters what is no longer declared. Requests under way end first. */
export const releaseTargets: Applying<DesiredTarget, readonly TargetHealth[]> = {
  standing: () => [],

  async apply({ resource: { name } }, actual, { scope }) {
    const targetGroupArn = scope.known.CreateTargetGroup?.targetGroupArn;
    const [desired] = targets.desired(scope);
    const target = desired && actual.find((each) => targetRef(desired.group, each).name === name);
    if (!target || targetGroupArn === undefined) throw new Error(`Cannot deregister "${name}": it was not read`);
    await deregisterTarget(client(ElasticLoadBalancingV2Client), { targetGroupArn, target });
    return {
      actual: actual.filter((each) => each !== target),
      message: `Took ${targetInWords(target)} out of the target group`,
    };
  },
};
