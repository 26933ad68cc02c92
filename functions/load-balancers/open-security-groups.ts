import { EC2Client } from '@aws-sdk/client-ec2';
import { client } from '../../aws/clients.ts';
import { accessRulesIn, allowBlocks, allowGroup } from '../../aws/load-balancers/security-group-rules.ts';
import {
  createSecurityGroup,
  findSecurityGroup,
  type SecurityGroup,
  tagSecurityGroup,
} from '../../aws/load-balancers/security-groups.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import {
  ACCESS_RULE,
  accessRules,
  noWayIn,
  originRule,
  ruleChanges,
  wayInName,
} from '../../domain/load-balancers/access-rules.ts';
import { securityGroupProblem } from '../../domain/load-balancers/standing.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { isOwnedBy, type Owner, ownerTags, resourceName } from '../../domain/ownership.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import type { Site } from '../../domain/sites/site.ts';
import { awaitTags } from '../../resources/eventual-consistency.ts';
import { readInstance } from '../../resources/instance/read-instance.ts';
import { findWayIn } from '../shared/load-balancers/find-way-in.ts';
import { type StepContext, step } from '../shared/steps/step.ts';

/** Opens the way from the viewers to the load balancer, and from the load balancer to the instance. */
export const handler = step('OpenSecurityGroups', async ({ site, item, environment, previous, now, keep }) => {
  const ec2 = client(EC2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const { port } = originOf(site);
  const { instance, problem } = await readInstance(ec2, site);
  if (problem) throw new Failure('Misconfigured', problem.detail);
  const group = await ensureGroup(ec2, {
    owner,
    adopt: site.adopt,
    vpcId: instance.vpcId,
    keep,
    young: { what: `the security group "${resourceName(owner.domain)}"`, previous, revision: item.revision, now },
  });
  try {
    await ensureAccess(ec2, { group, site, owner });
    const { groupId: wayIn, rule } = await ensureWayIn(ec2, { instance, port, from: group.id, owner });
    return {
      made: [made(group.id, owner.domain), rule],
      output: { groupId: group.id, vpcId: instance.vpcId, wayIn },
      message: `Opened the load balancer to ${site.access.join(', ')}, and port ${port} of the instance to the load balancer`,
    };
  } catch (error) {
    // Known a moment after it was made.
    if (!(error instanceof Error && error.name === 'InvalidGroup.NotFound')) throw error;
    throw new Failure('NotReady', `Waiting until EC2 knows the security group "${group.id}"`, { cause: error });
  }
});

async function ensureGroup(
  ec2: EC2Client,
  {
    owner,
    adopt,
    vpcId,
    keep,
    young,
  }: {
    owner: Owner;
    adopt: boolean | undefined;
    vpcId: string;
    keep: StepContext['keep'];
    young: Parameters<typeof awaitTags>[1];
  },
): Promise<SecurityGroup> {
  const name = resourceName(owner.domain);
  const standing = await findSecurityGroup(ec2, { name, vpcId });
  if (standing) awaitTags(standing.tags, young);
  const problem = standing && securityGroupProblem(standing, { owner, adopt });
  if (problem) throw new Failure('Conflict', problem);
  if (standing) {
    const { id, tags } = standing;
    if (!isOwnedBy(owner, tags)) {
      await keep({ ...made(id, owner.domain), before: { tags } });
      await tagSecurityGroup(ec2, { id, tags: ownerTags(owner) });
    }
    return standing;
  }
  const description = `Load balancer of ${owner.domain}`;
  const group = await createSecurityGroup(ec2, { name, vpcId, description, tags: ownerTags(owner) }).catch(
    (error: unknown) => {
      // Made before, its answer lost: the next run finds it and looks whose it is.
      if (!(error instanceof Error && error.name === 'InvalidGroup.Duplicate')) throw error;
      throw new Failure('NotReady', `Waiting until the security group "${name}" shows`, { cause: error });
    },
  );
  await keep(made(group.id, owner.domain));
  return group;
}

/**
 * The group is ours, and so are its rules with our description; whatever else stands in it stays. Who is no longer declared
 * is let in until the new document answers: should it fail, no viewer was shut out.
 */
async function ensureAccess(
  ec2: EC2Client,
  { group, site, owner }: { group: SecurityGroup; site: Site; owner: Owner },
): Promise<void> {
  const open = accessRulesIn(group.permissions);
  const { add } = ruleChanges(accessRulesIn(group.permissions, ACCESS_RULE), accessRules(site), { open });
  const common = { groupId: group.id, description: ACCESS_RULE };
  if (add.length > 0) await allowBlocks(ec2, { ...common, rules: add, tags: ownerTags(owner) });
}

/** One rule in the instance's first group, unless one of its groups lets the load balancer in already. */
async function ensureWayIn(
  ec2: EC2Client,
  { instance, port, from, owner }: { instance: Instance; port: number; from: string; owner: Owner },
): Promise<{ groupId: string; rule: Made }> {
  const { groupId, open } = await findWayIn(ec2, { instance, port, from });
  if (groupId === undefined) throw new Failure('Misconfigured', noWayIn(instance));
  if (!open) {
    await allowGroup(ec2, { groupId, from, port, description: originRule(owner.domain), tags: ownerTags(owner) });
  }
  return { groupId, rule: { type: 'security group rule', id: wayInName({ groupId, port, from }), ours: true } };
}

function made(id: string, domain: string): Made {
  return { type: 'security group', id, ours: true, detail: resourceName(domain) };
}
