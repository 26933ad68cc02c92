import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { isCode } from '../../../aws/error-code.ts';
import { readLoadBalancer } from '../../../aws/load-balancers/describe-load-balancer.ts';
import { listListeners } from '../../../aws/load-balancers/listeners.ts';
import { readTargets } from '../../../aws/load-balancers/targets.ts';
import { outputOf } from '../../../domain/ledger/outputs.ts';
import { allTo, isSameForwarding } from '../../../domain/load-balancers/forwards.ts';
import { answersWrongly, type EdgeHealth, readiness } from '../../../domain/load-balancers/readiness.ts';
import { isSameTarget } from '../../../domain/load-balancers/target-group.ts';
import { originOf, targetOf } from '../../../domain/origins/origin.ts';
import { readEdgeRemovals, readListenerRemovals } from '../../edge-removals/read-edge-removals.ts';
import { UNSEEN_MS } from '../../eventual-consistency.ts';
import type { Gate, GateLook, GateScope } from '../../gate.ts';
import type { Probes } from '../../probes/probe-edge.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { type HealthSight, judgeHealth } from './judge.ts';
import { probeByName } from './probe-by-name.ts';

/** `newResolver`: DNS is asked where the target answers wrongly only. */
interface Ask {
  newResolver: () => Resolver;
  probes: Probes;
}

/** Opens when the load balancer is active and finds the instance healthy, with listeners as they were made. */
export const targetsHealthy: Gate<'AwaitLoadBalancer', HealthSight, Ask> = {
  name: 'AwaitLoadBalancer',
  async look(ask, scope) {
    const edge = { site: siteOf(scope), record: recordOf(scope), clients: ask.clients, moved: false };
    const { health, isComplete } = await readHealth(ask, scope);
    const gone = isComplete ? [] : await readEdgeRemovals(edge);
    if (gone.length > 0) return { health, removals: gone };
    const { state } = readiness(health, originOf(edge.site));
    if (state === 'ailing' && scope.again) return { health, removals: await readEdgeRemovals(edge) };
    return { health, removals: state === 'open' ? await readListenerRemovals(edge) : [] };
  },
  judge: judgeHealth,
};

/** `isComplete`: whether ELB returns the load balancer and its target group: some moments after they were made (failures L10). */
async function readHealth(
  { clients, ...ask }: GateLook & Ask,
  scope: GateScope,
): Promise<{ health: EdgeHealth; isComplete: boolean }> {
  const site = siteOf(scope);
  const record = recordOf(scope);
  const elb = clients(ElasticLoadBalancingV2Client);
  const { loadBalancerArn, dnsName } = outputOf(record, 'CreateLoadBalancer');
  const { targetGroupArn } = outputOf(record, 'CreateTargetGroup');
  const [loadBalancer, targets] = await Promise.all([
    readLoadBalancer(elb, loadBalancerArn),
    readTargets(elb, targetGroupArn).catch((error: unknown) => {
      if (isCode(error, 'TargetGroupNotFound')) return undefined;
      throw error;
    }),
  ]);
  // Those of an earlier document are healthy or not: it is this one that viewers are to come to.
  const own = (targets ?? []).filter((target) => isSameTarget(target, targetOf(site)));
  const justRegistered = scope.waitedMs < UNSEEN_MS;
  const seen = { ...(loadBalancer ?? { state: 'provisioning' }), targets: own, targetGroupArn, justRegistered };
  const isComplete = loadBalancer !== undefined && targets !== undefined;
  if (seen.state !== 'active' || !answersWrongly(seen)) return { health: seen, isComplete };
  if (!(await servesAlone(elb, { loadBalancerArn, targetGroupArn }))) return { health: seen, isComplete };
  const byName = await probeByName(site, { dnsName, dns: ask.newResolver(), probes: ask.probes });
  return { health: { ...seen, byName }, isComplete };
}

/** Whether every request comes to the target group: what answers under the name is this instance then, and no earlier target. */
async function servesAlone(
  elb: ElasticLoadBalancingV2Client,
  { loadBalancerArn, targetGroupArn }: { loadBalancerArn: string; targetGroupArn: string },
): Promise<boolean> {
  const secure = (await listListeners(elb, loadBalancerArn)).find(({ port }) => port === 443);
  return secure !== undefined && isSameForwarding(secure.forwards, allTo(targetGroupArn));
}
