import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isDeletionProtected } from '../../aws/load-balancers/deletion-protection.ts';
import {
  findLoadBalancer,
  type LoadBalancer,
  listLoadBalancers,
} from '../../aws/load-balancers/describe-load-balancer.ts';
import { listListeners } from '../../aws/load-balancers/listeners.ts';
import { readResourceTags, readTagsOfEach } from '../../aws/load-balancers/resource-tags.ts';
import { describeSubnets } from '../../aws/servers/describe-subnets.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import { Failure } from '../../domain/errors.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { addressFamilies, defaultSubnets } from '../../domain/load-balancers/subnet-checks.ts';
import { isOwnedBy, resourceName } from '../../domain/ownership.ts';
import type { Site } from '../../domain/sites/site.ts';
import { readTargetPlace } from '../instance/read-target-place.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import {
  type DesiredLoadBalancer,
  isDeletable,
  loadBalancerChanges,
  loadBalancerHandles,
  type OwnLoadBalancer,
  type Placement,
  type SeenLoadBalancers,
  TYPE,
  usedLoadBalancer,
} from './changes.ts';
import { ownLoadBalancers } from './own-load-balancers.ts';

/** The application load balancer that viewers connect to. */
export const loadBalancer: Resource<DesiredLoadBalancer, SeenLoadBalancers, StepOutputs['CreateLoadBalancer']> = {
  type: TYPE,
  desired: ({ site, owner }) =>
    site && needsResource(site, 'load balancer') ? [{ name: resourceName(owner.domain) }] : [],
  read: readLoadBalancers,
  changes: loadBalancerChanges,
  handles: (desired, actual, scope) => (desired.length > 0 ? loadBalancerHandles(desired, actual, scope) : undefined),
};

async function readLoadBalancers(look: Look, scope: Scope): Promise<SeenLoadBalancers> {
  const [desired] = loadBalancer.desired(scope);
  const edge =
    desired && scope.site && look.phase !== 'release'
      ? await readEdge(look, { desired, site: scope.site, scope })
      : undefined;
  // A new site has nothing to release.
  const own = scope.record && look.phase !== 'prepare' ? await readOwn(look, scope, { edge }) : undefined;
  return { ...(edge && { edge }), ...(own && { own }) };
}

async function readEdge(
  look: Look,
  { desired: { name }, site, scope }: { desired: DesiredLoadBalancer; site: Site; scope: Scope },
): Promise<NonNullable<SeenLoadBalancers['edge']>> {
  const elb = look.clients(ElasticLoadBalancingV2Client);
  const found = look.listsAll ? (await listLoadBalancers(elb)).get(name) : await findLoadBalancer(elb, name);
  const { vpcId, groupId } = securityGroupOf(scope);
  if (!found) return { vpcId, groupId, placement: await choosePlacement(look.clients(EC2Client), { site, vpcId }) };
  return { vpcId, groupId, loadBalancer: { ...found, tags: await readResourceTags(elb, found.arn) } };
}

/** @throws {Error} when it is not known: the steps are in the wrong order */
function securityGroupOf({ known: { OpenSecurityGroups }, owner }: Scope): StepOutputs['OpenSecurityGroups'] {
  if (!OpenSecurityGroups)
    throw new Error(`Cannot read the load balancer of "${owner.domain}": its security group is unknown`);
  return OpenSecurityGroups;
}

/**
 * The declared subnets, or one of each zone; both protocols when all of them have both.
 *
 * @throws {Failure} "Misconfigured" when there are none for the instance
 */
async function choosePlacement(ec2: EC2Client, { site, vpcId }: { site: Site; vpcId: string }): Promise<Placement> {
  const known = await describeSubnets(ec2, { vpcId, ids: site.subnets });
  const chosen = site.subnets
    ? { subnets: site.subnets }
    : defaultSubnets(known, await readTargetPlace(ec2, site, { vpcId, subnets: known }));
  if (chosen.problem) throw new Failure('Misconfigured', chosen.problem.detail);
  return { subnets: chosen.subnets, ipAddressType: addressFamilies(chosen.subnets, known) };
}

async function readOwn(
  look: Look,
  scope: Scope,
  seen: { edge: SeenLoadBalancers['edge'] | undefined },
): Promise<OwnLoadBalancer[]> {
  const { record, owner } = scope;
  if (!record) return [];
  const elb = look.clients(ElasticLoadBalancingV2Client);
  const used = usedLoadBalancer(loadBalancer.desired(scope), seen, scope);
  const found = await ownLoadBalancers(elb, record, owner);
  return Promise.all(found.map((each) => (isDeletable(each.arn, used, scope) ? readUsers(elb, each, scope) : each)));
}

/** What keeps one of ours from being deleted. */
async function readUsers(
  elb: ElasticLoadBalancingV2Client,
  balancer: LoadBalancer,
  { owner }: Scope,
): Promise<OwnLoadBalancer> {
  const [isProtected, listeners] = await Promise.all([
    isDeletionProtected(elb, balancer.arn),
    listListeners(elb, balancer.arn),
  ]);
  const tags = await readTagsOfEach(
    elb,
    listeners.map(({ arn }) => arn),
  );
  return {
    ...balancer,
    isProtected,
    // One without an answer about its tags was deleted, although it is still listed.
    listeners: listeners.flatMap(({ arn, port }) => {
      const own = tags.get(arn);
      return own ? [{ arn, port, ours: isOwnedBy(owner, own) }] : [];
    }),
  };
}
