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
import { type DomainOperation, lockOf } from '../../domain/zones/registered-domain.ts';
import { whyForeign } from '../../domain/zones/removal.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import type { ReleasedZone } from '../hosted-zone/changes.ts';

/** Short, for an undo waits as long before it deletes the hosted zone; resolvers go by the TTL of the zone's own NS records otherwise. */
const TTL_SECONDS = 300;

/** How a hosted zone of the site stands with the zone above it. */
export type SeenDelegation = { zone: SiteZone } & (
  | { kind: 'delegated' }
  /** The zone above is in the account, and the world is sent to it. */
  | {
      kind: 'here';
      parent: { id: string; name: string };
      hasDs: boolean;
      /** What stands at the name. */
      sets: readonly RecordSet[];
      made?: Made;
      /** The domain at its registrar, where that is Route 53, with what is being done to it. */
      registered?: { statuses: readonly string[]; operation?: DomainOperation };
    }
  /** Only a person can write it. */
  | { kind: 'elsewhere'; why: string }
  | { kind: 'unseen'; failure: string }
);

export type WritableDelegation = Extract<SeenDelegation, { kind: 'here' }>;

/** A delegation that a step of the site has written, as it stands in the zone above. */
export interface WrittenDelegation {
  made: Made & { written: NonNullable<Made['written']> };
  standing: RecordSet;
  /** The registry has not written it yet. */
  operation?: DomainOperation;
}

/** Stands for the hosted zone above where a domain is delegated by the registry, at whose registrar its name servers are changed. */
export const REGISTRAR = 'route53domains';

/** What registries give name servers: resolvers keep them for two days. Source: Route 53 Developer Guide, "Adding or changing name servers", checked 2026-11-30. */
const REGISTRY_TTL_SECONDS = 172_800;

/** NS records as a zone above has them. */
export function nameServerSet(name: string, nameServers: readonly string[], ttlSeconds: number): RecordSet {
  return { name, type: 'NS', ttlSeconds, values: nameServers.map((server) => `${server}.`) };
}

/** The name servers of a domain at its registrar, as the registry has them. */
export function registeredSet(name: string, nameServers: readonly string[]): RecordSet {
  return nameServerSet(name, nameServers, REGISTRY_TTL_SECONDS);
}

/** The NS records that lead to a hosted zone. */
export function delegationSet({ zone: { name, nameServers }, ...seen }: SeenDelegation): RecordSet {
  const ttl = seen.kind === 'here' && seen.registered ? REGISTRY_TTL_SECONDS : TTL_SECONDS;
  if (nameServers.length > 0) return nameServerSet(name, nameServers, ttl);
  return { ...nameServerSet(name, [], ttl), values: [standIn(`name servers of ${name}`)] };
}

/** Where a delegation is written. */
export function placeOf({ parent, registered }: WritableDelegation): string {
  return registered ? 'at its registrar, Route 53 Domains' : `in the hosted zone "${parent.name}"`;
}

/** What is written into the zone above: nothing that stands there is replaced unasked, and nothing while a DS record is there (failures R6, R17). */
export function delegationChanges(seen: SeenDelegation, { adopts }: { adopts: boolean }): Unphased[] {
  const { name } = seen.zone;
  const resource: ResourceRef = { type: 'delegation', name };
  const after = delegationSet(seen);
  if (seen.kind === 'delegated')
    return [kept({ ...resource, id: name }, after, `Keep the delegation of "${name}": it leads to its hosted zone`)];
  if (seen.kind !== 'here') return [];
  const { parent, hasDs, sets, registered } = seen;
  const place = placeOf(seen);
  const standing = sets.find(({ type }) => type === 'NS');
  const conflict = (message: string): Unphased[] => [
    { verb: 'conflict', resource, before: { records: sets }, message },
  ];
  if (standing && saysTheSame(standing, after))
    return [kept({ ...resource, id: name }, standing, `Keep the delegation of "${name}" ${place}`)];
  if (hasDs || sets.some(({ type }) => type === 'DS'))
    return conflict(
      `Cannot delegate "${name}": "${parent.name}" has a DS record for it, and validating resolvers would refuse every answer of the hosted zone. Remove the DS record ${registered ? '(disassociate the keys of the domain in Route 53 Domains)' : `from "${parent.name}" (${parent.id})`}, wait until its TTL is over, then declare the site again`,
    );
  const lock = registered && lockOf(registered);
  if (lock !== undefined)
    return conflict(
      `Cannot delegate "${name}": its registry changes no name servers while the domain has the status "${lock}". Have it removed in Route 53 Domains, then declare the site again`,
    );
  const alias = sets.find(({ type }) => type === 'CNAME');
  if (alias)
    return conflict(
      `Cannot delegate "${name}": "${parent.name}" has ${inWords(alias)}, and no NS records can stand beside a CNAME. Remove it from "${parent.name}" (${parent.id}), then declare the site again`,
    );
  if (!standing) {
    const message = `Delegate "${name}" to its hosted zone: create its NS records ${place}`;
    return [{ verb: 'create', resource, after, message }];
  }
  // A registered domain always has name servers, and "delegate" names nothing else to be done with them.
  if (adopts || registered) {
    const message = `Delegate "${name}" to its hosted zone: replace ${inWords(standing)} ${place}, which undo puts back`;
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
  return written.map(({ made, standing, operation }): Unphased => {
    const resource: ResourceRef = { type: 'delegation', name: made.id, id: made.id };
    const zone = zones.find((each) => each.zone === made.id && leadsTo(standing, each));
    // What the registry is still doing is waited for, and then decided on.
    const why = whyStays(operation ? made.written.set : standing, { made, zone, retainsZone });
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
