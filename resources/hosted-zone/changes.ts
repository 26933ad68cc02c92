import { kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { changeOf } from '../../domain/changes/record-changes.ts';
import { type Owner, ownerTags } from '../../domain/ownership.ts';
import type { RecordChange } from '../../domain/records/change.ts';
import { deleted } from '../../domain/records/exchange.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import { isKept, type Keeps } from '../../domain/removal/kept.ts';
import { asPlanned, planCopies } from '../../domain/zones/carry-over.ts';
import { copiesToRemove, type LeavingZone, whyZoneStays } from '../../domain/zones/removal.ts';
import type { SeenZone } from '../../domain/zones/seen-zone.ts';

/** How one zone is found, made or tagged. */
export function zoneChange(zone: SeenZone, owner: Owner): Unphased {
  const resource: ResourceRef = { type: 'hosted zone', name: zone.name };
  if (zone.kind === 'new') {
    const why =
      zone.apartFrom === undefined
        ? 'no zone of this account holds the name'
        : `"delegate" gives the name one of its own, apart from "${zone.apartFrom}"`;
    const message = `Create the hosted zone "${zone.name}": ${why}`;
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

/** What is copied into a zone before its name servers are shown. */
export function copyChanges(view: ZoneView, { zone, owner }: { zone: SeenZone; owner: Owner }): Unphased[] {
  const { parent } = (zone.kind !== 'ambiguous' && zone.delegating) || { parent: '' };
  return copiesInto(view, { zone, owner }).map((change) => changeOf(asPlanned(change, { parent })));
}

/** The same as the batch that copies them. */
export function copiesInto(view: ZoneView, { zone, owner }: { zone: SeenZone; owner: Owner }): RecordChange[] {
  const { delegating } = zone.kind === 'ambiguous' ? {} : zone;
  const copied = (zone.kind === 'existing' && zone.copied) || [];
  return planCopies(view, { names: zone.names, owner, copies: delegating?.copies ?? [], copied });
}

/** What is removed of the zones that were made for the site, and of what was copied into zones. */
export function zoneReleases(
  zones: readonly ReleasedZone[],
  { retainsZone = false, keeps }: { retainsZone?: boolean; keeps?: Keeps | undefined } = {},
): Unphased[] {
  return zones.flatMap((zone): Unphased[] => {
    const isKeptHere = zone.ours && isKept(keeps, { type: 'hosted zone', id: zone.id });
    const copies = (isKeptHere ? [] : copiesToRemove(zone)).map((set) => changeOf(deleted(set)));
    if (!zone.ours) return copies;
    const resource: ResourceRef = { type: 'hosted zone', name: zone.zone, id: zone.id };
    const why = whyZoneStays(zone, { retainsZone });
    if (why !== undefined) return [...copies, { verb: 'retain', resource, message: why }];
    const message = `Delete the hosted zone "${zone.zone}", which was made for this site`;
    return [...copies, { verb: 'delete', resource, before: { names: [] }, message }];
  });
}

/** A zone that was made for the site, or that answers were copied into. */
export interface ReleasedZone extends LeavingZone {
  id: string;
  ours: boolean;
}
