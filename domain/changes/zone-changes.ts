import { type Owner, ownerTags } from '../ownership.ts';
import { kept, type ResourceRef, type Unphased } from './change.ts';
import type { SeenZone } from './world.ts';

/** What the step "FindZone" does for one zone. */
export function zoneChange(zone: SeenZone, owner: Owner): Unphased {
  const resource: ResourceRef = { type: 'hosted zone', name: zone.name };
  if (zone.kind === 'new') {
    const message = `Create the hosted zone "${zone.name}": no zone of this account holds the name`;
    return { verb: 'create', resource, after: { names: zone.names, tags: ownerTags(owner) }, message };
  }
  if (zone.kind === 'ambiguous') {
    return { verb: 'conflict', resource, before: { candidates: zone.candidates }, message: zone.message };
  }
  const found = { ...resource, id: zone.id };
  const state = { names: zone.names };
  if (zone.ours && !zone.tagged) {
    const message = `Tag the hosted zone "${zone.name}": it was made for this site and doesn't say so yet`;
    return { verb: 'update', resource: found, before: state, after: { ...state, tags: ownerTags(owner) }, message };
  }
  const whose = zone.ours ? 'made for this site' : 'which is yours and stays yours';
  return kept(found, state, `Use the hosted zone "${zone.name}", ${whose}`);
}
