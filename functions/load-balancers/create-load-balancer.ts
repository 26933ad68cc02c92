import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { createLoadBalancer } from '../../aws/load-balancers/create-load-balancer.ts';
import { findLoadBalancer, type LoadBalancer } from '../../aws/load-balancers/describe-load-balancer.ts';
import { readResourceTags, tagResource } from '../../aws/load-balancers/resource-tags.ts';
import { setSecurityGroups } from '../../aws/load-balancers/set-security-groups.ts';
import { describeInstance } from '../../aws/servers/describe-instance.ts';
import { describeSubnets } from '../../aws/servers/describe-subnets.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import { groupsToSet, loadBalancerProblem } from '../../domain/load-balancers/standing.ts';
import { addressFamilies, defaultSubnets } from '../../domain/load-balancers/subnet-checks.ts';
import { instanceOf } from '../../domain/origins/instance.ts';
import { isOwnedBy, type Owner, ownerTags, resourceName } from '../../domain/ownership.ts';
import type { Site } from '../../domain/sites/site.ts';
import { awaitTags } from '../../resources/eventual-consistency.ts';
import { type StepContext, step } from '../shared/steps/step.ts';

/** Starts the load balancer. Nothing waits for it here: it becomes active while the certificate is on its way. */
export const handler = step('CreateLoadBalancer', async ({ site, item, record, environment, previous, now, keep }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const { groupId, vpcId } = outputOf(record, 'OpenSecurityGroups');
  const name = resourceName(site.domain);
  const standing = await findLoadBalancer(elb, name);
  const young = { what: `the load balancer "${name}"`, previous, revision: item.revision, now };
  if (standing) await bringIntoLine(elb, { standing, owner, adopt: site.adopt, vpcId, groupId, keep, young });
  const loadBalancer = standing ?? (await create(elb, { site, owner, vpcId, groupId }));
  if (!standing) await keep(made(loadBalancer));
  return {
    made: [made(loadBalancer)],
    output: {
      loadBalancerArn: loadBalancer.arn,
      dnsName: loadBalancer.dnsName,
      zoneId: loadBalancer.zoneId,
      createdAt: loadBalancer.createdAt.toISOString(),
    },
    message: `${standing ? 'Found' : 'Started'} the load balancer "${name}": ${loadBalancer.dnsName}`,
  };
});

interface Wanted {
  standing: LoadBalancer;
  owner: Owner;
  adopt: boolean | undefined;
  vpcId: string;
  groupId: string;
  keep: StepContext['keep'];
  young: Parameters<typeof awaitTags>[1];
}

/** What is to be adopted is remembered before it is touched, and tagged first: an undo finds it from then on. */
async function bringIntoLine(
  elb: ElasticLoadBalancingV2Client,
  { standing, owner, adopt, vpcId, groupId, keep, young }: Wanted,
): Promise<void> {
  const { arn, securityGroups } = standing;
  const tags = await readResourceTags(elb, arn);
  // One that does not fit was not made by an earlier run.
  if (!loadBalancerProblem({ ...standing, tags: ownerTags(owner) }, { owner, adopt, vpcId })) awaitTags(tags, young);
  const problem = loadBalancerProblem({ ...standing, tags }, { owner, adopt, vpcId });
  if (problem) throw new Failure('Conflict', problem);
  if (!isOwnedBy(owner, tags)) {
    await keep({ ...made(standing), before: { tags, securityGroups } });
    await tagResource(elb, { arn, tags: ownerTags(owner) });
  }
  const groupIds = groupsToSet(securityGroups, groupId);
  if (groupIds) await setSecurityGroups(elb, { arn, groupIds });
}

async function create(
  elb: ElasticLoadBalancingV2Client,
  { site, owner, vpcId, groupId }: { site: Site; owner: Owner; vpcId: string; groupId: string },
): Promise<LoadBalancer> {
  const { subnets, ipAddressType } = await choosePlaces(site, vpcId);
  try {
    return await createLoadBalancer(elb, {
      name: resourceName(site.domain),
      subnets,
      securityGroups: [groupId],
      ipAddressType,
      tags: ownerTags(owner),
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Made meanwhile: the next run finds it and looks whose it is (failures L5).
    if (error.name === 'DuplicateLoadBalancerNameException') {
      throw new Failure('NotReady', `Waiting until the load balancer "${resourceName(site.domain)}" shows`, {
        cause: error,
      });
    }
    // Known to ELB a moment after it was made.
    if (error.name === 'InvalidSecurityGroupException') {
      throw new Failure('NotReady', `Waiting until ELB finds the security group "${groupId}"`, { cause: error });
    }
    if (!REFUSED_PLACES.has(error.name)) throw error;
    const message = `Cannot place the load balancer in ${subnets.join(', ')}: ${error.message.replace(/\.$/, '')}. Name other subnets, then declare the site again`;
    throw new Failure('Misconfigured', message, { cause: error });
  }
}

/** Failures L8. */
const REFUSED_PLACES = new Set([
  'InvalidSubnetException',
  'SubnetNotFoundException',
  'InvalidConfigurationRequestException',
]);

/** The subnets declared, or one of each zone; both protocols when every one of them has both. */
async function choosePlaces(
  site: Site,
  vpcId: string,
): Promise<{ subnets: string[]; ipAddressType: 'ipv4' | 'dualstack' }> {
  const ec2 = client(EC2Client);
  const [known, instance] = await Promise.all([
    describeSubnets(ec2, { vpcId, ids: site.subnets }),
    describeInstance(ec2, instanceOf(site).id),
  ]);
  if (!instance) throw new Failure('Misconfigured', `Cannot find the instance "${instanceOf(site).id}": check the id`);
  const chosen = site.subnets ? { subnets: site.subnets } : defaultSubnets(known, instance);
  if (chosen.problem) throw new Failure('Misconfigured', chosen.problem.detail);
  const { subnets } = chosen;
  return { subnets, ipAddressType: addressFamilies(subnets, known) };
}

function made({ arn, dnsName }: LoadBalancer): Made {
  return { type: 'load balancer', id: arn, ours: true, detail: dnsName };
}
