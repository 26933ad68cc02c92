import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { createLoadBalancer } from '../../aws/load-balancers/create-load-balancer.ts';
import { tagResource } from '../../aws/load-balancers/resource-tags.ts';
import { setSecurityGroups } from '../../aws/load-balancers/set-security-groups.ts';
import { Failure } from '../../domain/errors.ts';
import { ownerTags, resourceName } from '../../domain/ownership.ts';
import { awaitTags } from '../eventual-consistency.ts';
import type { Applied, Applying, Doing } from '../resource.ts';
import { type DesiredLoadBalancer, groupsToSet, loadBalancerProblem, type SeenLoadBalancers } from './changes.ts';
import { madeLoadBalancer, standingLoadBalancers } from './standing.ts';

type Edge = NonNullable<SeenLoadBalancers['edge']>;

/** Starts the load balancer. Nothing waits for it here: it becomes active while the certificate is on its way. */
export const prepareLoadBalancer: Applying<DesiredLoadBalancer, SeenLoadBalancers> = {
  standing: standingLoadBalancers,

  checkComplete({ edge }, { scope, previous, revision }) {
    const { loadBalancer, vpcId = '' } = edge ?? {};
    if (!loadBalancer) return;
    // One that does not fit was not created by an earlier run.
    const tags = ownerTags(scope.owner);
    if (loadBalancerProblem({ ...loadBalancer, tags }, { ...scope, vpcId })) return;
    const what = `the load balancer "${resourceName(scope.owner.domain)}"`;
    awaitTags(loadBalancer.tags, { what, previous, revision, now: scope.now });
  },

  async apply({ verb, resource }, { edge }, doing) {
    if (!edge) throw new Error(`Cannot prepare the load balancer "${resource.name}": it was not read`);
    return verb === 'create' ? create(edge, doing) : bringIntoLine(edge, doing, verb === 'adopt');
  },
};

/** What is adopted is remembered before it is changed, and tagged first: an undo finds it from then on. */
async function bringIntoLine(
  edge: Edge,
  { scope: { owner }, keep }: Doing,
  isAdopted: boolean,
): Promise<Applied<SeenLoadBalancers>> {
  const { loadBalancer, groupId } = edge;
  if (!loadBalancer) throw new Error(`Cannot update the load balancer of "${owner.domain}": there is none`);
  const elb = client(ElasticLoadBalancingV2Client);
  const { arn, tags, securityGroups } = loadBalancer;
  if (isAdopted) {
    await keep({ ...madeLoadBalancer(loadBalancer), before: { tags, securityGroups } });
    await tagResource(elb, { arn, tags: ownerTags(owner) });
  }
  const groupIds = groupsToSet(securityGroups, groupId);
  if (groupIds) await setSecurityGroups(elb, { arn, groupIds });
  return {
    actual: {
      edge: {
        ...edge,
        loadBalancer: {
          ...loadBalancer,
          tags: { ...tags, ...ownerTags(owner) },
          securityGroups: groupIds ?? securityGroups,
        },
      },
    },
    message: `${isAdopted ? 'Adopted' : 'Updated'} the load balancer "${resourceName(owner.domain)}": ${loadBalancer.dnsName}`,
  };
}

async function create(edge: Edge, { scope: { owner }, keep }: Doing): Promise<Applied<SeenLoadBalancers>> {
  const { placement, groupId } = edge;
  if (!placement) throw new Error(`Cannot create the load balancer of "${owner.domain}": its subnets were not read`);
  const name = resourceName(owner.domain);
  const tags = ownerTags(owner);
  const created = await createLoadBalancer(client(ElasticLoadBalancingV2Client), {
    ...placement,
    name,
    securityGroups: [groupId],
    tags,
  }).catch((error: unknown) => {
    throw failureOf(error, { name, groupId, subnets: placement.subnets });
  });
  await keep(madeLoadBalancer(created));
  return {
    actual: { edge: { ...edge, loadBalancer: { ...created, securityGroups: [groupId], tags } } },
    message: `Started the load balancer "${name}": ${created.dnsName}`,
  };
}

function failureOf(
  error: unknown,
  { name, groupId, subnets }: { name: string; groupId: string; subnets: readonly string[] },
): unknown {
  if (!(error instanceof Error)) return error;
  const cause = { cause: error };
  // Created meanwhile: the next run reads it and checks its tags (failures L5).
  if (error.name === 'DuplicateLoadBalancerNameException') {
    return new Failure('NotReady', `Waiting until DescribeLoadBalancers returns the load balancer "${name}"`, cause);
  }
  // ELB may not find it moments after it was created.
  if (error.name === 'InvalidSecurityGroupException') {
    return new Failure('NotReady', `Waiting until ELB finds the security group "${groupId}"`, cause);
  }
  if (!REFUSED_PLACES.has(error.name)) return error;
  const message = `Cannot place the load balancer in ${subnets.join(', ')}: ${error.message.replace(/\.$/, '')}. Name other subnets, then declare the site again`;
  return new Failure('Misconfigured', message, cause);
}

/** Failures L8. */
const REFUSED_PLACES = new Set([
  'InvalidSubnetException',
  'SubnetNotFoundException',
  'InvalidConfigurationRequestException',
]);
