import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { deregisterTarget, readTargets } from '../../aws/load-balancers/targets.ts';
import { keptBy } from '../../domain/ledger/kept-by.ts';
import { unwantedTargets } from '../../domain/load-balancers/target-group.ts';
import { step } from '../shared/steps/step.ts';

/** Takes out of the target group what is no longer declared, now that what is declared is healthy. Requests under way end first. */
export const handler = step('RemoveTargets', async ({ record }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const { targetGroupArn, target: wanted } = keptBy(record);
  if (targetGroupArn === undefined || !wanted) return { output: {}, message: NONE };
  const go = unwantedTargets(await readTargets(elb, targetGroupArn), wanted);
  for (const target of go) await deregisterTarget(elb, { targetGroupArn, target });
  const list = go.map(({ id, port }) => `${id}:${port}`).join(', ');
  return { output: {}, message: go.length > 0 ? `Took ${list} out of the target group` : NONE };
});

const NONE = 'No target is to go';
