import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import { listed } from '../../domain/listed.ts';
import { type AccessRule, ruleChanges, sourceOf } from '../../domain/load-balancers/access-rules.ts';
import type { NewInstance } from '../../domain/origins/new-instance.ts';
import { instanceGroupName, isOwnedBy, ownerTags, whoseItIs } from '../../domain/ownership.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import type { Scope } from '../resource.ts';

export const TYPE = 'instance';
export const GROUP_TYPE = 'instance security group';

/** The instance that is created for the site, and what may reach it besides a load balancer. */
export interface DesiredInstance extends Omit<NewInstance, 'id'> {
  subnet: string;
  access: AccessRule[];
}

export interface InstanceGroup {
  id: string;
  tags: Record<string, string>;
  /** Its rules of ours. */
  access: AccessRule[];
}

export interface SeenInstances {
  /** The instances that bear the site's tags and are not terminated. */
  own: readonly Instance[];
  /** The security groups of the derived name that do. */
  groups: readonly InstanceGroup[];
  /** In the VPC of the desired instance: the group of the derived name, whoever it belongs to. Not read where none is desired. */
  place?: { vpcId: string; group?: InstanceGroup };
}

/** States in which an instance will not serve again. */
const ENDING: readonly string[] = ['shutting-down', 'terminated'];

export const isEnding = ({ state }: Pick<Instance, 'state'>): boolean => ENDING.includes(state);

export function instanceChanges(desired: readonly DesiredInstance[], seen: SeenInstances, scope: Scope): Change[] {
  return [
    ...inPhase('prepare', preparedChanges(desired, seen, scope)),
    ...inPhase('release', desired[0] ? closedRules(desired[0], seen, scope) : releases(seen, scope)),
  ];
}

function preparedChanges([desired]: readonly DesiredInstance[], seen: SeenInstances, scope: Scope): Unphased[] {
  if (!desired || !seen.place) return [];
  return [...groupChanges(desired, seen.place, scope), instanceChange(desired, seen)];
}

function groupChanges(
  { access }: DesiredInstance,
  { vpcId, group }: NonNullable<SeenInstances['place']>,
  { owner }: Scope,
): Unphased[] {
  const name = instanceGroupName(owner.domain);
  const resource: ResourceRef = { type: GROUP_TYPE, name, ...(group && { id: group.id }) };
  if (group && !isOwnedBy(owner, group.tags)) {
    const message = `Cannot use the security group "${name}" (${group.id}): ${whoseItIs(group.tags)}. Delete it, then declare the site again`;
    return [{ verb: 'conflict', resource, before: { tags: group.tags }, message }];
  }
  const message = group ? `Use the security group "${name}"` : `Create the security group "${name}" for the instance`;
  const { add } = ruleChanges(group?.access ?? [], access);
  return [
    group
      ? kept(resource, { vpcId }, message)
      : { verb: 'create', resource, after: { vpcId, tags: ownerTags(owner) }, message },
    ...access.map((rule): Unphased => {
      const source = sourceOf(rule);
      if (!add.includes(rule)) return kept(ruleRef(rule, name), rule, `Keep port ${rule.port} open to ${source}`);
      const opens = `Open port ${rule.port} of the instance to ${source}`;
      return { verb: 'create', resource: ruleRef(rule, name), after: rule, message: opens };
    }),
  ];
}

const ruleRef = (rule: AccessRule, group: string): ResourceRef => ({
  type: 'security group rule',
  name: `${group} tcp ${rule.port} from ${sourceOf(rule)}`,
});

function instanceChange(
  { type, image, diskGiB, key, server, subnet, tags }: DesiredInstance,
  seen: SeenInstances,
): Unphased {
  const standing = serving(seen);
  if (!standing) {
    const after = {
      type,
      image,
      diskGiB,
      subnet,
      ...(key !== undefined && { key }),
      ...(server !== undefined && { server }),
      ...(tags && { tags }),
    };
    const login = key === undefined ? 'Session Manager as the way in' : `the key "${key}"`;
    const message = `Launch an instance: ${type}, Amazon Linux 2023, an encrypted disk of ${diskGiB} GiB, IMDSv2, ${login}, in "${subnet}"`;
    return { verb: 'create', resource: { type: TYPE, name: standIn('instance') }, after, message };
  }
  const { id, state } = standing;
  const resource: ResourceRef = { type: TYPE, name: id, id };
  if (state !== 'stopped' && state !== 'stopping') {
    return kept(resource, { type: standing.type }, `Use the instance "${id}", ${standing.type}`);
  }
  const message = `Start the instance "${id}", which is ${state}`;
  return { verb: 'update', resource, before: { state }, after: { state: 'running' }, message };
}

/** The instance that the document uses, of those that were created for the site. */
export function serving({ own }: Pick<SeenInstances, 'own'>): Instance | undefined {
  return own.find((instance) => !isEnding(instance));
}

/** Rules that are no longer declared. */
function closedRules({ access }: DesiredInstance, { groups }: SeenInstances, { owner }: Scope): Unphased[] {
  const name = instanceGroupName(owner.domain);
  return groups.flatMap((group) =>
    ruleChanges(group.access, access).remove.map((rule): Unphased => {
      const message = `Close port ${rule.port} of the instance to ${sourceOf(rule)}: it is no longer declared`;
      return { verb: 'delete', resource: ruleRef(rule, name), before: rule, message };
    }),
  );
}

/**
 * An instance is data: another document of the site leaves it standing, and only an undo, or a request that says so, terminates it. Its
 * group goes with it.
 */
function releases({ own, groups }: SeenInstances, { owner, site }: Scope): Unphased[] {
  const name = instanceGroupName(owner.domain);
  const instances = own.map(({ id, type, volumeIds }): Unphased => {
    const resource: ResourceRef = { type: TYPE, name: id, id };
    const disk = `its disk ${listed(volumeIds)}`;
    if (site) {
      const message = `what is on ${disk} may be needed, and no document says that it goes. It costs what it did, until the server of "${owner.domain}" is removed`;
      return { verb: 'retain', resource, message };
    }
    const message = `Terminate the instance "${id}", ${type}, with ${disk}: what is on it is lost`;
    return { verb: 'delete', resource, before: { type, volumeIds }, message };
  });
  if (site && instances.length > 0) return instances;
  return [
    ...instances,
    ...groups.map(
      ({ id }): Unphased => ({
        verb: 'delete',
        resource: { type: GROUP_TYPE, name, id },
        before: {},
        message: `Delete the security group "${name}" (${id}) of the instance`,
      }),
    ),
  ];
}
