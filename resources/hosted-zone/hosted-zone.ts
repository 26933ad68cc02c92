import { inPhase } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { EmptyZone } from '../../domain/zones/empty-zones.ts';
import type { ExistingZone, NewZone, SeenZone } from '../../domain/zones/seen-zone.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import { copiesInto, copyChanges, type ReleasedZone, zoneChange, zoneReleases } from './changes.ts';
import { delegatingZones } from './delegating-zones.ts';
import { readReleasedZones } from './read-released.ts';
import { readSiteZones } from './read-zones.ts';

/** The names that must lie in zones. */
export interface DesiredZones {
  names: string[];
}

export interface SeenZones {
  /** The zones of the names, the domain's first. */
  zones: readonly SeenZone[];
  passedOver: readonly EmptyZone[];
  /** What an undo removes of zones. */
  released: readonly ReleasedZone[];
}

/**
 * The hosted zones that the names of a site lie in; one is made for its domain where the account has none. A zone that is not
 * delegated to gets what viewers are answered today before its name servers are shown.
 */
export const hostedZone: Resource<DesiredZones, SeenZones, StepOutputs['FindZone']> = {
  type: 'hosted zone',
  inDnsAccount: true,
  desired: desiredZones,
  read: readZones,
  changes: (_, { zones, released }, { owner, retainsZone = false, keeps }) => [
    ...inPhase('prepare', [
      ...zones.map((zone) => zoneChange(zone, owner)),
      ...zones.flatMap((zone) => (isFound(zone) ? copyChanges(viewIn(zone), { zone, owner }) : [])),
    ]),
    ...inPhase('release', zoneReleases(released, { retainsZone, keeps })),
  ],
  handles: (_, seen) => zoneHandles(seen?.zones ?? []),
};

function desiredZones({ site, readable }: Scope): DesiredZones[] {
  if (!site || isExternal(site)) return [];
  const names = namesOf(site).map(({ name }) => name);
  const read = readable ? names.filter((name) => readable.includes(name)) : names;
  return read.length > 0 ? [{ names: read }] : [];
}

/** The zones of the names, and what is told while their delegation is waited for; in a plan, words for one that is not made yet. */
export function zoneHandles(seen: readonly SeenZone[]): StepOutputs['FindZone'] {
  const found = seen.filter(isFound);
  const zones = found.map(siteZone);
  const delegating = delegatingZones(found);
  const nameServers = zones[0]?.nameServers ?? [];
  return { zones, nameServers, ...(delegating.length > 0 && { delegating }) };
}

async function readZones(look: Look, scope: Scope): Promise<SeenZones> {
  const [desired] = hostedZone.desired(scope);
  if (look.phase === 'release') return { zones: [], passedOver: [], released: await readReleasedZones(look, scope) };
  if (!desired) return { zones: [], passedOver: [], released: [] };
  return { ...(await readSiteZones(desired, look, scope)), released: [] };
}

export const isFound = (zone: SeenZone): zone is ExistingZone | NewZone => zone.kind !== 'ambiguous';

/** The zone that answers are copied into next. */
export function copiedNext(zones: readonly SeenZone[], { owner }: Pick<Scope, 'owner'>): ExistingZone | undefined {
  return zones
    .filter((zone) => zone.kind === 'existing')
    .find((zone) => copiesInto(zone.view, { zone, owner }).length > 0);
}

const viewIn = (zone: ExistingZone | NewZone) => (zone.kind === 'existing' ? zone.view : { zone: zone.name, sets: [] });

function siteZone(zone: ExistingZone | NewZone): SiteZone {
  const { name, names } = zone;
  if (zone.kind === 'new') return { id: standIn(`hosted zone ${name}`), name, names, nameServers: [], ours: true };
  const { id, nameServers, recordCount, ours, anothers } = zone;
  return { id, name, names, nameServers, recordCount, ours, ...(anothers && { anothers }) };
}
