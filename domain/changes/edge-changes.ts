import { httpListenerProblem } from '../load-balancers/listeners.ts';
import { targetGroupProblem } from '../load-balancers/standing.ts';
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
