import type { Made } from '../../domain/ledger/made.ts';
import { instanceGroupName, isOwnedBy, type Owner } from '../../domain/ownership.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import type { Scope } from '../resource.ts';
import { type DesiredInstance, GROUP_TYPE, type SeenInstances, TYPE } from './changes.ts';

/** All instances and groups of the site, which alone are read. */
export function standingInstances(
  _: readonly DesiredInstance[],
  { own, groups, place }: SeenInstances,
  { owner }: Scope,
): Made[] {
  const placed = place?.group && isOwnedBy(owner, place.group.tags) ? [place.group] : [];
  const ids = new Set([...groups, ...placed].map(({ id }) => id));
  return [...own.map(madeInstance), ...[...ids].map((id) => madeInstanceGroup(id, owner))];
}

export function madeInstance({ id, type }: Pick<Instance, 'id' | 'type'>): Made {
  return { type: TYPE, id, ours: true, detail: type };
}

export function madeInstanceGroup(id: string, { domain }: Owner): Made {
  return { type: GROUP_TYPE, id, ours: true, detail: instanceGroupName(domain) };
}
