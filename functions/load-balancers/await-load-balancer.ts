import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { isCode } from '../../aws/error-code.ts';
import { readLoadBalancer } from '../../aws/load-balancers/describe-load-balancer.ts';
import { listListeners } from '../../aws/load-balancers/listeners.ts';
import { readTargets } from '../../aws/load-balancers/targets.ts';
import { Failure } from '../../domain/errors.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import type { StepItem } from '../../domain/ledger/step-item.ts';
import { waitedMs } from '../../domain/ledger/waited.ts';
import type { EdgeRemoval } from '../../domain/load-balancers/edge-removals.ts';
import { allTo, isSameForwarding } from '../../domain/load-balancers/forwards.ts';
import { answersWrongly, readiness } from '../../domain/load-balancers/readiness.ts';
import { isSameTarget } from '../../domain/load-balancers/target-group.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { UNSEEN_MS } from '../../resources/eventual-consistency.ts';
import { readEdgeRemovals, readListenerRemovals, restoreOnce } from '../shared/load-balancers/edge-removals.ts';
import { probeByName } from '../shared/probes/probe-by-name.ts';
import { PROBES, type Probes } from '../shared/probes/probe-edge.ts';
import { waitWhileItMaySettle } from '../shared/steps/settle.ts';
import { isSlowLook } from '../shared/steps/slow-look.ts';
import { ledgerStep, type StepContext } from '../shared/steps/step.ts';

/** Waits until the load balancer is active and finds the instance healthy. Changes nothing. */
export const awaitLoadBalancer = (newResolver: () => Resolver, probes: Probes) =>
  ledgerStep('AwaitLoadBalancer', async (context) => {
    const { site, item, record, previous, now } = context;
    const elb = client(ElasticLoadBalancingV2Client);
    const { loadBalancerArn, dnsName } = outputOf(record, 'CreateLoadBalancer');
    const { targetGroupArn } = outputOf(record, 'CreateTargetGroup');
    const [loadBalancer, targets] = await Promise.all([
      readLoadBalancer(elb, loadBalancerArn),
      readTargets(elb, targetGroupArn).catch((error: unknown) => {
        if (isCode(error, 'TargetGroupNotFound')) return undefined;
        throw error;
      }),
    ]);
    if (!loadBalancer || !targets) endWhereRemoved(context, await readEdgeRemovals({ ...context, moved: false }));
    // Known a moment after it was made (failures L10).
    const standing = loadBalancer ?? { state: 'provisioning' };
    const origin = originOf(site);
    // Those of an earlier document are healthy or not: it is this one that viewers are to come to.
    const own = (targets ?? []).filter((target) => isSameTarget(target, origin.target));
    const justRegistered = waitedMs(previous, { revision: item.revision, now }) < UNSEEN_MS;
    const health = { ...standing, targets: own, targetGroupArn, justRegistered };
    const looks =
      health.state === 'active' &&
      answersWrongly(health) &&
      (await servesAlone(elb, { loadBalancerArn, targetGroupArn }));
    const byName = looks ? await probeByName(site, { dnsName, dns: newResolver(), probes }) : undefined;
    const verdict = readiness({ ...health, byName }, origin);
    if (verdict.verdict === 'failed') throw new Failure('Refused', verdict.message);
    if (verdict.verdict === 'ailing') {
      if (isSlowLook(context)) endWhereRemoved(context, await readEdgeRemovals({ ...context, moved: false }));
      // A web server that answers wrongly may mend itself, or be mended.
      giveUpInTime(verdict.message, context);
    }
    if (verdict.verdict !== 'ready') throw new Failure('NotReady', verdict.message);
    endWhereRemoved(context, await readListenerRemovals({ ...context, moved: false }));
    return { output: {}, message: 'The load balancer is active and finds the instance healthy' };
  });

export const handler = awaitLoadBalancer(() => new Resolver(), PROBES);

type Waiting = Omit<StepContext, 'previous'> & { previous: StepItem | undefined };

/** @throws {Failure} as `restoreOnce`, and "NotReady", then "Misconfigured", where restoring it once was not enough */
function endWhereRemoved(context: Waiting, removals: readonly EdgeRemoval[]): void {
  const message = restoreOnce(removals, context);
  if (message !== undefined) giveUpInTime(message, context);
}

/** @throws {Failure} "NotReady" for as long as that may settle, then "Misconfigured" */
function giveUpInTime(message: string, { previous, item, now }: Waiting): never {
  waitWhileItMaySettle(message, { previous, revision: item.revision, now });
  throw new Failure('Misconfigured', `${message}. Then declare the site again`);
}

/** Whether every request comes to the target group: what answers under the name is this instance then, and no earlier target. */
async function servesAlone(
  elb: ElasticLoadBalancingV2Client,
  { loadBalancerArn, targetGroupArn }: { loadBalancerArn: string; targetGroupArn: string },
): Promise<boolean> {
  const secure = (await listListeners(elb, loadBalancerArn)).find(({ port }) => port === 443);
  return secure !== undefined && isSameForwarding(secure.forwards, allTo(targetGroupArn));
}
