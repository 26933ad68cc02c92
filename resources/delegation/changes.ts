import { kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import type { Made } from '../../domain/ledger/made.ts';
import {
  canonicalRecordName,
  inWords,
  isSameSet,
  type RecordSet,
  saysTheSame,
} from '../../domain/records/record-set.ts';
import { whyForeign } from '../../domain/zones/removal.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import type { ReleasedZone } from '../hosted-zone/changes.ts';

/** Short, for an undo waits as long before it deletes the hosted zone; resolvers go by the TTL of the zone's own NS records otherwise. */
const TTL_SECONDS = 300;

/** How a hosted zone of the site stands with the zone above it. */
export type SeenDelegation = { zone: SiteZone } & (
  | { kind: 'delegated' }
  /** The zone above is in the account, and the world is sent to it. */
  | { kind: 'here'; parent: { id: string; name: string }; hasDs: boolean; sets: readonly RecordSet[]; made?: Made }
  /** Only a person can write it. */
  | { kind: 'elsewhere'; why: string }
  | { kind: 'unseen'; failure: string }
);

export type WritableDelegation = Extract<SeenDelegation, { kind: 'here' }>;

/** A delegation that a step of the site has written, as it stands in the zone above. */
export interface WrittenDelegation {
  made: Made & { written: NonNullable<Made['written']> };
  standing: RecordSet;
}

/** The NS records that lead to a hosted zone. */
export function delegationSet({ name, nameServers }: Pick<SiteZone, 'name' | 'nameServers'>): RecordSet {
  const values =
    nameServers.length > 0 ? nameServers.map((server) => `${server}.`) : [standIn(`name servers of ${name}`)];
  return { name, type: 'NS', ttlSeconds: TTL_SECONDS, values };
}

/** What is written into the zone above: nothing that stands there is replaced unasked, and nothing while a DS record is there (failures R6, R17). */
export function delegationChanges(seen: SeenDelegation, { adopts }: { adopts: boolean }): Unphased[] {
  const { name } = seen.zone;
  const resource: ResourceRef = { type: 'delegation', name };
  const after = delegationSet(seen.zone);
  if (seen.kind === 'delegated')
    return [kept({ ...resource, id: name }, after, `Keep the delegation of "${name}": it leads to its hosted zone`)];
  if (seen.kind !== 'here') return [];
  const { parent, hasDs, sets } = seen;
  const standing = sets.find(({ type }) => type === 'NS');
  const conflict = (message: string): Unphased[] => [
    { verb: 'conflict', resource, before: { records: sets }, message },
  ];
  if (standing && saysTheSame(standing, after))
    return [
      kept({ ...resource, id: name }, standing, `Keep the delegation of "${name}" in the hosted zone "${parent.name}"`),
    ];
  if (hasDs || sets.some(({ type }) => type === 'DS'))
    return conflict(
      `Cannot delegate "${name}": "${parent.name}" has a DS record for it, and validating resolvers would refuse every answer of the hosted zone. Remove the DS record from "${parent.name}" (${parent.id}), wait until its TTL is over, then declare the site again`,
    );
  const alias = sets.find(({ type }) => type === 'CNAME');
  if (alias)
    return conflict(
      `Cannot delegate "${name}": "${parent.name}" has ${inWords(alias)}, and no NS records can stand beside a CNAME. Remove it from "${parent.name}" (${parent.id}), then declare the site again`,
    );
  if (!standing) {
    const message = `Delegate "${name}" to its hosted zone: create its NS records in the hosted zone "${parent.name}"`;
    return [{ verb: 'create', resource, after, message }];
  }
  if (adopts) {
    const message = `Delegate "${name}" to its hosted zone: replace ${inWords(standing)} in the hosted zone "${parent.name}", which undo puts back`;
    return [{ verb: 'adopt', resource, before: standing, after, message }];
  }
  return conflict(
    `Cannot delegate "${name}" to its hosted zone: "${parent.name}" (${parent.id}) delegates it to ${standing.values.join(', ')} already. Remove those NS records, or declare the site with "adopt": true to have them replaced and put back by undo`,
  );
}

/** What an undo does: the delegation stays where the hosted zone does, or viewers would get no answer of what is left in that. */
export function delegationReleases(
  written: readonly WrittenDelegation[],
  zones: readonly ReleasedZone[],
  { retainsZone }: { retainsZone: boolean },
): Unphased[] {
  return written.map(({ made, standing }): Unphased => {
    const resource: ResourceRef = { type: 'delegation', name: made.id, id: made.id };
    const zone = zones.find((each) => each.zone === made.id && leadsTo(standing, each));
    const why = whyStays(standing, { made, zone, retainsZone });
    if (why !== undefined) return { verb: 'retain', resource, before: standing, message: why };
    if (made.before && 'set' in made.before) {
      const message = `Put back ${inWords(made.before.set)}, and remove the delegation of "${made.id}" to its hosted zone`;
      return { verb: 'restore', resource, before: standing, after: made.before.set, message };
    }
    return {
      verb: 'delete',
      resource,
      before: standing,
      message: `Remove the delegation of "${made.id}" to its hosted zone`,
    };
  });
}

function leadsTo({ values }: RecordSet, { nameServers }: ReleasedZone): boolean {
  return values.some((value) => nameServers.includes(canonicalRecordName(value)));
}

function whyStays(
  standing: RecordSet,
  {
    made,
    zone,
    retainsZone,
  }: { made: WrittenDelegation['made']; zone: ReleasedZone | undefined; retainsZone: boolean },
): string | undefined {
  if (!isSameSet(standing, made.written.set))
    return `it was changed since: ${inWords(standing)} stands there, and ${inWords(made.written.set)} was written`;
  if (!zone) return undefined;
  const foreign = whyForeign(zone);
  if (foreign !== undefined) return `the hosted zone that it leads to stays: ${foreign}`;
  return retainsZone && zone.ours ? 'the hosted zone that it leads to stays' : undefined;
}
