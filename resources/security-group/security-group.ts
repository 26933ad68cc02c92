import { EC2Client } from '@aws-sdk/client-ec2';
import { accessRulesIn, countRules } from '../../aws/load-balancers/security-group-rules.ts';
import { listInterfacesIn, listReferringRules, listRulesIn } from '../../aws/load-balancers/security-group-users.ts';
import { findSecurityGroup, listTaggedGroups } from '../../aws/load-balancers/security-groups.ts';
import { listTaggedRules } from '../../aws/load-balancers/tagged-rules.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { ACCESS_RULE, accessRules } from '../../domain/load-balancers/access-rules.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { instanceGroupName, ownerTags, resourceName } from '../../domain/ownership.ts';
import type { Site } from '../../domain/sites/site.ts';
import { readTargetVpc } from '../instance/read-target-vpc.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import {
  type DesiredGroup,
  groupHandles,
  isDeletable,
  type SeenGroups,
  securityGroupChanges,
  TYPE,
  usedGroups,
} from './changes.ts';
import { readInstanceIngress } from './instance-ingress.ts';
import { readLists } from './read-lists.ts';

/** The security group of the load balancer with its rules, and the rule in a group of the instance that allows ingress from it. */
export const securityGroup: Resource<DesiredGroup, SeenGroups, StepOutputs['OpenSecurityGroups']> = {
  type: TYPE,
  parts: ['security group rule'],
  desired: ({ site }) =>
    site && needsResource(site, 'load balancer') ? [{ port: originOf(site).port, access: accessRules(site) }] : [],
  read: readGroups,
  changes: securityGroupChanges,
  handles: (desired, actual, scope) => (desired.length > 0 ? groupHandles(desired, actual, scope) : undefined),
};

async function readGroups(look: Look, scope: Scope): Promise<SeenGroups> {
  const [desired] = securityGroup.desired(scope);
  const seen: SeenGroups =
    desired && scope.site && look.phase !== 'release' ? await readEdge(look, scope.site, desired) : {};
  // A new site has nothing to release.
  return scope.record && look.phase !== 'prepare' ? { ...seen, ...(await readOwn(look, scope, seen)) } : seen;
}

/** @throws {Failure} "Misconfigured" when the instance cannot be the site's origin, or the subnets are gone */
async function readEdge(look: Look, site: Site, { port, access }: DesiredGroup): Promise<SeenGroups> {
  const ec2 = look.clients(EC2Client);
  const { instance, vpcId } = await readTargetVpc(ec2, site);
  const found = await findSecurityGroup(ec2, { name: resourceName(site.domain), vpcId });
  const toInstance = instance && {
    instance,
    ingress: await readInstanceIngress(ec2, { instance, port, from: found?.id }),
  };
  const { id, tags = {}, permissions = [] } = found ?? {};
  const lists = await readLists(ec2, access, permissions);
  const rules = lists.length > 0 ? { rules: countRules(permissions, lists) } : {};
  const edge = { vpcId, ...(toInstance && { toInstance }), ...rules };
  if (id === undefined) return { edge, lists };
  const open = accessRulesIn(permissions, { lists });
  const group = { id, tags, access: accessRulesIn(permissions, { description: ACCESS_RULE, lists }), open };
  return { edge: { ...edge, group }, lists };
}

async function readOwn(look: Look, scope: Scope, seen: SeenGroups): Promise<Pick<SeenGroups, 'own' | 'lists'>> {
  const ec2 = look.clients(EC2Client);
  const tags = ownerTags(scope.owner);
  const [tagged, all] = await Promise.all([listTaggedGroups(ec2, tags), listTaggedRules(ec2, tags)]);
  // The group of an instance that is created for the site is the instance's, with its own rules.
  const name = instanceGroupName(scope.owner.domain);
  const ofInstance = tagged.filter((group) => group.name === name);
  const found = tagged.filter((group) => group.name !== name);
  const rules = all.filter(({ groupId, from }) => from !== '' || ofInstance.every(({ id }) => id !== groupId));
  const desired = securityGroup.desired(scope);
  const used = usedGroups(desired, seen, scope);
  const access = desired.flatMap((each) => each.access);
  const lists = await readLists(
    ec2,
    access,
    found.flatMap(({ permissions }) => permissions),
  );
  const groups = await Promise.all(
    found.map(async ({ id, permissions }) => {
      const own = { id, access: accessRulesIn(permissions, { description: ACCESS_RULE, lists }) };
      return isDeletable(id, used, scope) ? { ...own, users: await readUsers(ec2, id) } : own;
    }),
  );
  return { own: { groups, rules }, lists };
}

async function readUsers(ec2: EC2Client, groupId: string) {
  const [interfaces, referring, inside] = await Promise.all([
    listInterfacesIn(ec2, groupId),
    listReferringRules(ec2, groupId),
    listRulesIn(ec2, groupId),
  ]);
  return { interfaces, referring, inside };
}
