import { ElasticLoadBalancingV2Client, TargetGroupNotFoundException } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { readLoadBalancer } from '../../aws/load-balancers/describe-load-balancer.ts';
import { forwardAllTo, listListeners } from '../../aws/load-balancers/listeners.ts';
import { readTargets } from '../../aws/load-balancers/targets.ts';
import { Failure } from '../../domain/errors.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { allTo, isSameForwarding } from '../../domain/load-balancers/forwards.ts';
import { answersWrongly, isNotInUse, readiness } from '../../domain/load-balancers/readiness.ts';
import { isSameTarget } from '../../domain/load-balancers/target-group.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { releases } from '../../domain/sites/life/standing.ts';
import { outputIfDone, outputOf } from '../shared/ledger/outputs.ts';
import { PROBES, type Probes } from '../shared/probes/look.ts';
import { lookByName } from '../shared/probes/look-by-name.ts';
import { UNSEEN_MS } from '../shared/steps/eventual-consistency.ts';
import { waitWhileItMaySettle } from '../shared/steps/settle.ts';
import { isSlowLook } from '../shared/steps/slow-look.ts';
import { step } from '../shared/steps/step.ts';
import { waitedMs } from '../shared/steps/waited.ts';

/** Waits until the load balancer is active and finds the instance healthy. In a change, all requests go there from then on. */
export const awaitLoadBalancer = (newResolver: () => Resolver, probes: Probes) =>
  step('AwaitLoadBalancer', async (context) => {
    const { site, item, record, previous, now } = context;
    const elb = client(ElasticLoadBalancingV2Client);
    const { loadBalancerArn, dnsName } = outputOf(record, 'CreateLoadBalancer');
    const { targetGroupArn } = outputOf(record, 'CreateTargetGroup');
    const [loadBalancer, targets] = await Promise.all([
      readLoadBalancer(elb, loadBalancerArn),
      readTargets(elb, targetGroupArn).catch((error: unknown) => {
        if (!(error instanceof TargetGroupNotFoundException)) throw error;
        throw new Failure('NotReady', 'Waiting until ELB finds the target group', { cause: error });
      }),
    ]);
    // Known a moment after it was made (failures L10).
    const standing = loadBalancer ?? { state: 'provisioning' };
    const origin = originOf(site);
    // Those of an earlier document are healthy or not: it is this one that viewers are to come to.
    const own = targets.filter((target) => isSameTarget(target, origin.target));
    const justRegistered = waitedMs(previous, { revision: item.revision, now }) < UNSEEN_MS;
    const health = { ...standing, targets: own, justRegistered };
    // In a change, others may still answer for the name.
    const looks = !releases(item) && health.state === 'active' && answersWrongly(health);
    const byName = looks ? await lookByName(site, { dnsName, dns: newResolver(), probes }) : undefined;
    const verdict = readiness({ ...health, byName }, origin);
    if (verdict.verdict === 'failed') throw new Failure('Refused', verdict.message);
    if (verdict.verdict === 'ailing') {
      if (isNotInUse(health) && isSlowLook(context)) await checkForwarding(elb, record);
      // A web server that answers wrongly may mend itself, or be mended.
      waitWhileItMaySettle(verdict.message, { previous, revision: item.revision, now });
      throw new Failure('Misconfigured', `${verdict.message}. Then declare the site again`);
    }
    if (verdict.verdict !== 'ready') throw new Failure('NotReady', verdict.message);
    if (releases(item)) {
      const { listenerArn } = outputOf(record, 'AttachCertificate');
      await takeAll(elb, { loadBalancerArn, listenerArn, targetGroupArn });
    }
    return { output: {}, message: 'The load balancer is active and finds the instance healthy' };
  });

export const handler = awaitLoadBalancer(() => new Resolver(), PROBES);

/** @throws {Failure} "Missing" when nothing forwards to the target group, and was not made to again yet */
async function checkForwarding(elb: ElasticLoadBalancingV2Client, record: SiteRecord): Promise<void> {
  const { loadBalancerArn } = outputOf(record, 'CreateLoadBalancer');
  const { targetGroupArn } = outputOf(record, 'CreateTargetGroup');
  const secure = (await listListeners(elb, loadBalancerArn)).find(({ port }) => port === 443);
  if (secure?.forwards.some((forward) => forward.targetGroupArn === targetGroupArn)) return;
  if (outputIfDone(record, 'AttachCertificate')?.attachedAgain) return;
  const what = secure ? `does not forward to its target group any more` : 'is gone';
  throw new Failure(
    'Missing',
    `The listener on port 443 ${what}: another tool may have done that. Putting it right, once`,
  );
}

/** Another target group may have served until now. */
async function takeAll(
  elb: ElasticLoadBalancingV2Client,
  {
    loadBalancerArn,
    listenerArn,
    targetGroupArn,
  }: { loadBalancerArn: string; listenerArn: string; targetGroupArn: string },
): Promise<void> {
  const listener = (await listListeners(elb, loadBalancerArn)).find(({ arn }) => arn === listenerArn);
  if (!listener) throw new Failure('NotReady', 'Waiting until the load balancer shows its listener on port 443');
  if (isSameForwarding(listener.forwards, allTo(targetGroupArn))) return;
  await forwardAllTo(elb, { listenerArn, targetGroupArn });
}
