import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { deleteLoadBalancer } from '../../aws/load-balancers/delete-load-balancer.ts';
import { untagResource } from '../../aws/load-balancers/resource-tags.ts';
import { setSecurityGroups } from '../../aws/load-balancers/set-security-groups.ts';
import { Failure } from '../../domain/errors.ts';
import { beforeOf, madeOf } from '../../domain/ledger/made-of.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import type { Applying, Doing } from '../resource.ts';
import { type DesiredLoadBalancer, type OwnLoadBalancer, PROTECTED, type SeenLoadBalancers, TYPE } from './changes.ts';
import { standingLoadBalancers } from './standing.ts';

/** Deletes the load balancer that is no longer desired, unless something stays on it; restores one that was adopted. */
export const releaseLoadBalancer: Applying<DesiredLoadBalancer, SeenLoadBalancers> = {
  standing: standingLoadBalancers,

  unmark: ({ resource: { id = '' } }, _, { scope }) =>
    untagResource(client(ElasticLoadBalancingV2Client), { arn: id, tags: ownerTags(scope.owner) }),

  async apply({ verb, resource }, { own = [] }, doing) {
    const loadBalancer = own.find(({ arn }) => arn === resource.id);
    if (!loadBalancer) throw new Error(`Cannot release the load balancer "${resource.name}": it was not read`);
    const others = own.filter((each) => each !== loadBalancer);
    const { dnsName } = loadBalancer;
    if (verb === 'restore') {
      await restore(loadBalancer, doing);
      return { actual: { own: others }, message: `Restored the load balancer ${dnsName}` };
    }
    const refused = await remove(loadBalancer);
    if (refused === undefined) return { actual: { own: others }, message: `Removed the load balancer ${dnsName}` };
    const message = `Retained the load balancer ${dnsName}: ${refused}`;
    return { actual: { own: [...others, { ...loadBalancer, refused }] }, message };
  },
};

/** Our security groups are taken off, and its tags last: until then another run finds it. Groups that were added since stay. */
async function restore({ arn, securityGroups }: OwnLoadBalancer, { scope: { record, owner } }: Doing): Promise<void> {
  const elb = client(ElasticLoadBalancingV2Client);
  const { securityGroups: former = [] } = (record && beforeOf(record, TYPE, arn)) ?? {};
  const ours = record ? madeOf(record, 'security group').map(({ id }) => id) : [];
  const groupIds = securityGroups.filter((id) => former.includes(id) || !ours.includes(id));
  if (groupIds.length < securityGroups.length && groupIds.length > 0) await setSecurityGroups(elb, { arn, groupIds });
  await untagResource(elb, { arn, tags: ownerTags(owner) });
}

/**
 * Why it is retained, where ELB refuses to delete it: its protection was turned on, or something was attached, after it was read.
 *
 * @throws {Failure} "NotReady" while ELB lists a listener that was deleted
 */
async function remove({ arn, dnsName, listeners = [] }: OwnLoadBalancer): Promise<string | undefined> {
  const [listener] = listeners;
  if (listener) {
    const message = `ELB still shows the listener on port ${listener.port} of ${dnsName}, which was removed`;
    throw new Failure('NotReady', message);
  }
  try {
    await deleteLoadBalancer(client(ElasticLoadBalancingV2Client), arn);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? REFUSALS.find(([name]) => name.test(error.name))?.[1] : undefined;
    if (why === undefined) throw error;
    return `${why}, ${THEN_AGAIN}`;
  }
}

/** Source: DeleteLoadBalancer, Errors, checked 2026-11-29. */
const REFUSALS: [RegExp, string][] = [
  [/^OperationNotPermitted(Exception)?$/, PROTECTED],
  [
    /^ResourceInUse(Exception)?$/,
    'another service of AWS uses it, such as Global Accelerator or CloudFront. Remove it there',
  ],
];
