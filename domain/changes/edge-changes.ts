import { type AccessRule, accessRules, noWayIn, ruleChanges } from '../load-balancers/access-rules.ts';
import { httpListenerProblem } from '../load-balancers/listeners.ts';
import {
  groupsToSet,
  loadBalancerProblem,
  securityGroupProblem,
  targetGroupProblem,
} from '../load-balancers/standing.ts';
import { hasTarget, type Target as Served, targetGroupName, unwantedTargets } from '../load-balancers/target-group.ts';
import { originOf } from '../origins/origin.ts';
import { isOwnedBy, type Owner, ownerTags, resourceName } from '../ownership.ts';
import type { Instance } from '../servers/instance.ts';
import type { Site } from '../sites/site.ts';
import { adopted } from './adopted.ts';
import { kept, type ResourceRef, type Unphased } from './change.ts';
import type { SeenEdge } from './world.ts';

interface For {
  site: Site;
  owner: Owner;
  instance: Instance;
}

/** What the step "OpenSecurityGroups" does. */
export function securityGroupChanges(edge: SeenEdge, { site, owner, instance }: For): Unphased[] {
  const { group, wayIn } = edge;
  const name = resourceName(owner.domain);
  const resource: ResourceRef = { type: 'security group', name, ...(group && { id: group.id }) };
  const problem = group && securityGroupProblem(group, { owner, adopt: site.adopt });
  if (problem) return [{ verb: 'conflict', resource, before: { tags: group.tags }, message: problem }];
  const state = { vpcId: instance.vpcId };
  const groupChange: Unphased = group
    ? isOwnedBy(owner, group.tags)
      ? kept(resource, state, `Use the security group "${name}"`)
      : adopted(resource, { ...state, tags: group.tags }, { owner, message: 'open it to viewers' })
    : {
        verb: 'create',
        resource,
        after: { ...state, tags: ownerTags(owner) },
        message: `Create the security group "${name}" for the load balancer`,
      };
  return [
    groupChange,
    ...accessChanges(group ?? { access: [] }, { site, name }),
    wayInChange(wayIn, { site, instance, name }),
  ];
}

function accessChanges(
  { access, open }: Pick<NonNullable<SeenEdge['group']>, 'access' | 'open'>,
  { site, name }: { site: Site; name: string },
): Unphased[] {
  const wanted = accessRules(site);
  const { add, remove } = ruleChanges(access, wanted, { open });
  const resource = (rule: AccessRule): ResourceRef => ({ type: 'security group rule', name: ruleName(rule, name) });
  return [
    ...wanted.map((rule): Unphased => {
      if (!add.includes(rule)) return kept(resource(rule), rule, `Keep port ${rule.port} open to ${rule.cidr}`);
      return {
        verb: 'create',
        resource: resource(rule),
        after: rule,
        message: `Open port ${rule.port} to ${rule.cidr}`,
      };
    }),
    ...remove.map(
      (rule): Unphased => ({
        verb: 'delete',
        resource: resource(rule),
        before: rule,
        message: `Close port ${rule.port} to ${rule.cidr}: it is no longer declared`,
      }),
    ),
  ];
}

const ruleName = ({ port, cidr }: AccessRule, group: string) => `${group} tcp ${port} from ${cidr}`;

function wayInChange(
  { groupId, open }: SeenEdge['wayIn'],
  { site, instance, name }: { site: Site; instance: Instance; name: string },
): Unphased {
  const { port } = originOf(site);
  const resource: ResourceRef = {
    type: 'security group rule',
    name: `${groupId ?? instance.id} tcp ${port} from ${name}`,
  };
  const state = { groupId, port, from: name };
  if (groupId === undefined) return { verb: 'conflict', resource, before: {}, message: noWayIn(instance) };
  if (open) return kept(resource, state, `The load balancer may reach port ${port} of the instance`);
  const message = `Let the load balancer in to port ${port} of the instance, by a rule in "${groupId}"`;
  return { verb: 'create', resource, after: state, message };
}

/** What the step "CreateLoadBalancer" does. */
export function loadBalancerChange({ loadBalancer, ...edge }: SeenEdge, { site, owner, instance }: For): Unphased {
  const name = resourceName(owner.domain);
  const resource: ResourceRef = { type: 'load balancer', name };
  if (!loadBalancer) {
    const { subnets, ipAddressType } = edge;
    const after = { scheme: 'internet-facing', vpcId: instance.vpcId, subnets, ipAddressType, tags: ownerTags(owner) };
    const message = `Create the load balancer "${name}" in ${subnets.join(', ')}`;
    return { verb: 'create', resource, after, message };
  }
  const { arn, vpcId, scheme, tags, dnsName } = loadBalancer;
  const found = { ...resource, id: arn };
  const problem = loadBalancerProblem(loadBalancer, { owner, vpcId: instance.vpcId, adopt: site.adopt });
  if (problem) return { verb: 'conflict', resource: found, before: { vpcId, scheme, tags }, message: problem };
  const { securityGroups } = loadBalancer;
  const groups = groupsToSet(securityGroups, edge.group?.id ?? NEW_GROUP);
  const before = { vpcId, scheme, securityGroups, tags };
  const grouped = groups ? { securityGroups: groups } : {};
  if (!isOwnedBy(owner, tags)) {
    return adopted(found, before, { owner, after: grouped, message: `put it into our security group too: ${dnsName}` });
  }
  if (groups) {
    const message = `Put the load balancer "${name}" into its security group again`;
    return { verb: 'update', resource: found, before, after: { ...before, ...grouped }, message };
  }
  return kept(found, { vpcId, scheme }, `Use the load balancer "${name}": ${dnsName}`);
}

/** What the step "CreateTargetGroup" does. */
export function targetGroupChanges({ targetGroup }: SeenEdge, { site, owner, instance }: For): Unphased[] {
  const name = targetGroupName(site);
  const { port, healthPath, target: wanted } = originOf(site);
  const { vpcId } = instance;
  const resource: ResourceRef = { type: 'target group', name, ...(targetGroup && { id: targetGroup.arn }) };
  if (!targetGroup) {
    const after = { vpcId, port, healthPath, tags: ownerTags(owner) };
    const message = `Create the target group "${name}" over HTTP on port ${port}`;
    return [{ verb: 'create', resource, after, message }, targetCreated(name, wanted)];
  }
  const problem = targetGroupProblem(targetGroup, { name, owner, vpcId, adopt: site.adopt });
  const { tags } = targetGroup;
  if (problem) return [{ verb: 'conflict', resource, before: { vpcId: targetGroup.vpcId, tags }, message: problem }];
  const before = { vpcId, port, healthPath: targetGroup.healthPath };
  const group: Unphased = !isOwnedBy(owner, tags)
    ? adopted(
        resource,
        { ...before, tags },
        { owner, after: { healthPath }, message: `ask for "${healthPath}" in its health checks` },
      )
    : targetGroup.healthPath === healthPath
      ? kept(resource, before, `Use the target group "${name}"`)
      : {
          verb: 'update',
          resource,
          before,
          after: { ...before, healthPath },
          message: `Ask for "${healthPath}" instead of "${targetGroup.healthPath}" in the health checks of "${name}"`,
        };
  return [
    group,
    hasTarget(targetGroup.targets, wanted) ? targetKept(name, wanted) : targetCreated(name, wanted),
    ...unwantedTargets(targetGroup.targets, wanted).map((other) => targetReleased(name, other)),
  ];
}

function targetReleased(group: string, { id, port }: Served): Unphased {
  const resource: ResourceRef = { type: 'target', name: targetName(group, { id, port }) };
  const message = `Take the instance "${id}", port ${port}, out of "${group}": it is no longer declared`;
  return { verb: 'delete', resource, before: { id, port }, message };
}

/** A target as plans call it: an instance and its port in a group. */
const targetName = (group: string, { id, port }: Served): string => `${group} ${id}:${port}`;

function targetCreated(group: string, { id, port }: Served): Unphased {
  const resource: ResourceRef = { type: 'target', name: targetName(group, { id, port }) };
  const message = `Put the instance "${id}", port ${port}, into the target group "${group}"`;
  return { verb: 'create', resource, after: { id, port }, message };
}

function targetKept(group: string, { id, port }: Served): Unphased {
  const resource: ResourceRef = { type: 'target', name: targetName(group, { id, port }) };
  return kept(resource, { id, port }, `Keep the instance "${id}", port ${port}, in "${group}"`);
}

/** What the step "CreateHttpListener" does; nothing to tell when none is declared: one of ours is released. */
export function httpListenerChanges(
  { listeners, httpListenerTags: tags, httpListenerAdopted = false }: SeenEdge,
  { site, owner }: For,
): Unphased[] {
  const standing = listeners.find(({ port }) => port === 80);
  const resource: ResourceRef = {
    type: 'listener',
    name: `${resourceName(owner.domain)} HTTP 80`,
    ...(standing && { id: standing.arn }),
  };
  const about = { http: site.http, owner, adopt: site.adopt, adopted: httpListenerAdopted };
  const problem = httpListenerProblem(standing && { ...standing, tags }, about);
  if (problem) return [{ verb: 'conflict', resource, before: { ...standing }, message: problem }];
  if (site.http === 'reject') return [];
  const state = { redirectsTo: 'https', status: 301 };
  if (standing && !standing.redirects) {
    const message = 'send port 80 to https (301)';
    if (!isOwnedBy(owner, tags)) return [adopted(resource, { ...standing, tags }, { owner, after: state, message })];
    return [
      { verb: 'update', resource, before: { ...standing }, after: state, message: 'Send port 80 to https (301) again' },
    ];
  }
  if (standing) return [kept(resource, state, 'Keep sending plain HTTP to https')];
  return [{ verb: 'create', resource, after: state, message: 'Create the listener that sends port 80 to https (301)' }];
}

/** What stands in a plan for a security group that isn't made yet. */
const NEW_GROUP = '(new security group)';
