import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client, TargetGroupNotFoundException } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { readResourceTags, tagResource } from '../../aws/load-balancers/resource-tags.ts';
import {
  changeHealthPath,
  createTargetGroup,
  findTargetGroup,
  type TargetGroup,
} from '../../aws/load-balancers/target-groups.ts';
import { readTargets, registerTarget } from '../../aws/load-balancers/targets.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { registeredIn } from '../../domain/ledger/made-of.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import { targetGroupProblem } from '../../domain/load-balancers/standing.ts';
import { hasTarget, isSameTarget, type Target, targetGroupName } from '../../domain/load-balancers/target-group.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { isOwnedBy, type Owner, ownerTags } from '../../domain/ownership.ts';
import type { Site } from '../../domain/sites/site.ts';
import { awaitTags } from '../../resources/eventual-consistency.ts';
import { checkTenant } from '../../resources/instance/check-tenant.ts';
import { type StepContext, step } from '../shared/steps/step.ts';

/** Makes the target group over HTTP and puts the instance into it, on its port. */
export const handler = step('CreateTargetGroup', async ({ site, item, record, environment, previous, now, keep }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  await checkTenant(client(EC2Client), site);
  const { vpcId } = outputOf(record, 'OpenSecurityGroups');
  const { label, port, target } = originOf(site);
  const name = targetGroupName(site);
  const standing = await findTargetGroup(elb, name);
  const young = { what: `the target group "${name}"`, previous, revision: item.revision, now };
  if (standing) await bringIntoLine(elb, { standing, site, owner, vpcId, keep, young });
  const group = standing ?? (await create(elb, { site, owner, vpcId }));
  const registered = [...registeredIn(record, group.arn).filter((each) => !isSameTarget(each, target)), target];
  // Before the call: whatever else the group has later was registered by others.
  await keep({ ...made(group, name), registered });
  await ensureTarget(elb, { targetGroupArn: group.arn, target }).catch((error: unknown) => {
    // Found a moment after it was made (failures L10).
    if (!(error instanceof TargetGroupNotFoundException)) throw error;
    throw new Failure('NotReady', `Waiting until ELB finds the target group "${name}"`, { cause: error });
  });
  return {
    made: [made(group, name)],
    output: { targetGroupArn: group.arn },
    message: `The target group "${name}" holds ${label} on port ${port}`,
  };
});

async function bringIntoLine(
  elb: ElasticLoadBalancingV2Client,
  {
    standing,
    site,
    owner,
    vpcId,
    keep,
    young,
  }: {
    standing: TargetGroup;
    site: Site;
    owner: Owner;
    vpcId: string;
    keep: StepContext['keep'];
    young: Parameters<typeof awaitTags>[1];
  },
): Promise<void> {
  const { arn } = standing;
  const tags = await readResourceTags(elb, arn);
  const name = targetGroupName(site);
  const asOurs = { ...standing, tags: ownerTags(owner) };
  // One that does not fit was not made by an earlier run.
  if (!targetGroupProblem(asOurs, { name, owner, vpcId, adopt: site.adopt })) awaitTags(tags, young);
  const problem = targetGroupProblem({ ...standing, tags }, { name, owner, vpcId, adopt: site.adopt });
  if (problem) throw new Failure('Conflict', problem);
  if (!isOwnedBy(owner, tags)) {
    const targets = (await readTargets(elb, arn))
      .filter(({ state }) => state !== 'draining')
      .map(({ id, port }) => ({ id, port }));
    await keep({ ...made(standing, name), before: { tags, healthPath: standing.healthPath, targets } });
    await tagResource(elb, { arn, tags: ownerTags(owner) });
  }
  const { healthPath } = originOf(site);
  if (standing.healthPath !== healthPath) await changeHealthPath(elb, { targetGroupArn: standing.arn, healthPath });
}

async function create(
  elb: ElasticLoadBalancingV2Client,
  { site, owner, vpcId }: { site: Site; owner: Owner; vpcId: string },
): Promise<TargetGroup> {
  const { port, healthPath } = originOf(site);
  const name = targetGroupName(site);
  try {
    return await createTargetGroup(elb, { name, vpcId, port, healthPath, tags: ownerTags(owner) });
  } catch (error) {
    // Made meanwhile: the next run finds it and looks whose it is.
    if (!(error instanceof Error && error.name === 'DuplicateTargetGroupNameException')) throw error;
    throw new Failure('NotReady', `Waiting until the target group "${name}" shows`, { cause: error });
  }
}

/**
 * Registers the instance, on its port. Other targets serve until this one is healthy: "RemoveTargets" deregisters them.
 */
async function ensureTarget(
  elb: ElasticLoadBalancingV2Client,
  { targetGroupArn, target }: { targetGroupArn: string; target: Target },
): Promise<void> {
  const { id, port } = target;
  const targets = await readTargets(elb, targetGroupArn);
  if (!hasTarget(targets, target)) await register(elb, { targetGroupArn, target: { id, port } });
}

async function register(
  elb: ElasticLoadBalancingV2Client,
  { targetGroupArn, target }: { targetGroupArn: string; target: Target },
): Promise<void> {
  try {
    await registerTarget(elb, { targetGroupArn, target });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidTargetException')) throw error;
    const message = `Cannot register the instance "${target.id}" as a target: ${error.message.replace(/\.$/, '')}. An instance must be running, in the VPC of the load balancer: have it so, then declare the site again`;
    throw new Failure('Misconfigured', message, { cause: error });
  }
}

function made({ arn }: TargetGroup, name: string): Made {
  return { type: 'target group', id: arn, ours: true, detail: name };
}
