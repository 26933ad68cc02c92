import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { deleteLoadBalancer } from '../../aws/load-balancers/delete-load-balancer.ts';
import type { LoadBalancer } from '../../aws/load-balancers/describe-load-balancer.ts';
import { untagResource } from '../../aws/load-balancers/resource-tags.ts';
import { setSecurityGroups } from '../../aws/load-balancers/set-security-groups.ts';
import { Failure } from '../../domain/errors.ts';
import type { ThingBefore } from '../../domain/ledger/before.ts';
import { keptBy } from '../../domain/ledger/kept-by.ts';
import { beforeOf, goneOf, madeOf } from '../../domain/ledger/made-of.ts';
import { type Owner, ownerTags } from '../../domain/ownership.ts';
import { type Obstacle, THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import { ownLoadBalancers } from '../../resources/load-balancer/own-load-balancers.ts';
import { leavingListeners } from '../shared/load-balancers/leaving-listeners.ts';
import { leavingLoadBalancers, whyProtected } from '../shared/load-balancers/leaving-load-balancers.ts';
import { step } from '../shared/steps/step.ts';

/** Deletes the load balancer that is no longer wanted, unless something stays on it; gives back one that was adopted. */
export const handler = step('RemoveLoadBalancer', async ({ site, record, environment }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const kept = keptBy(record);
  const loadBalancers = await ownLoadBalancers(elb, record, owner);
  const { go: shown, occupied } = await leavingListeners(elb, { loadBalancers, record, owner, kept });
  const { go, left } = await leavingLoadBalancers(elb, { loadBalancers, record, kept, occupied });
  const removed: string[] = [];
  for (const loadBalancer of go) {
    const { arn, dnsName } = loadBalancer;
    const before = beforeOf(record, 'load balancer', arn);
    if (before) {
      await giveBack(elb, { loadBalancer, owner, before, ours: madeOf(record, 'security group').map(({ id }) => id) });
      continue;
    }
    const listener = shown.find(({ loadBalancerArn }) => loadBalancerArn === arn);
    if (listener) {
      const message = `ELB still shows the listener on port ${listener.port} of ${dnsName}, which was removed`;
      throw new Failure('NotReady', message);
    }
    const refused = await remove(elb, arn);
    if (refused) left.push(refused);
    else removed.push(dnsName);
  }
  return {
    gone: goneOf(record, 'load balancer', [kept.loadBalancerArn, ...left.map(({ id }) => id)]),
    output: { left },
    message:
      removed.length > 0 ? `Removed the load balancer ${removed.join(', ')}` : 'No load balancer of ours is to go',
  };
});

/** Out of our security groups, and untagged last: until then another run finds it. Groups that came since stay. */
async function giveBack(
  elb: ElasticLoadBalancingV2Client,
  {
    loadBalancer: { arn, securityGroups },
    owner,
    before,
    ours,
  }: { loadBalancer: LoadBalancer; owner: Owner; before: ThingBefore; ours: string[] },
): Promise<void> {
  const former = before.securityGroups ?? [];
  const groupIds = securityGroups.filter((id) => former.includes(id) || !ours.includes(id));
  if (groupIds.length < securityGroups.length && groupIds.length > 0) await setSecurityGroups(elb, { arn, groupIds });
  await untagResource(elb, { arn, tags: ownerTags(owner) });
}

/** Why it stays, where ELB refuses it: its protection was turned on, or something was attached, after the look. */
async function remove(elb: ElasticLoadBalancingV2Client, arn: string): Promise<Obstacle | undefined> {
  try {
    await deleteLoadBalancer(elb, arn);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? REFUSALS.find(([name]) => name.test(error.name))?.[1] : undefined;
    if (!why) throw error;
    return why(arn);
  }
}

/** Source: DeleteLoadBalancer, Errors, checked 2026-11-29. */
const REFUSALS: [RegExp, (arn: string) => Obstacle][] = [
  [/^OperationNotPermitted(Exception)?$/, whyProtected],
  [
    /^ResourceInUse(Exception)?$/,
    (id) => ({
      type: 'load balancer',
      id,
      why: `another service of AWS uses it, such as Global Accelerator or CloudFront. Remove it there, ${THEN_AGAIN}`,
    }),
  ],
];
