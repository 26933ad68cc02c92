import { inWords, isSameSet, type RecordSet } from '../records/record-set.ts';
import { enteredAt } from './managed-at.ts';

/** A zone that was made for a site, as it stands when the site goes. */
export interface LeavingZone {
  zone: string;
  nameServers: readonly string[];
  /** Every set in it. */
  sets: readonly RecordSet[];
  /** What was copied into it for the time after its delegation. */
  copied: readonly RecordSet[];
  /** What the zone above says. */
  delegatedTo: { parent: string; nameServers: readonly string[] };
}

/**
 * Why a zone of ours is not deleted, with what to do; undefined when it can go. One that the world is still sent to must
 * stay: whoever made the next zone on those name servers would have the name (failures R16).
 */
export function whyZoneStays(
  leaving: LeavingZone,
  { retainsZone = false }: { retainsZone?: boolean } = {},
): string | undefined {
  const { zone, sets, copied, delegatedTo } = leaving;
  const foreign = whyForeign({ zone, sets, copied });
  if (foreign !== undefined) return foreign;
  if (retainsZone) return UNASKED;
  const still = stillDelegated(leaving);
  if (still.length === 0) return undefined;
  return `"${zone}" is still delegated to it. Remove the NS records (${still.join(', ')}) ${enteredAt(delegatedTo.parent)}, wait until their TTL is over, then undo again`;
}

/** The name servers of the zone that the zone above sends viewers to. */
export function stillDelegated({
  nameServers,
  delegatedTo,
}: Pick<LeavingZone, 'nameServers' | 'delegatedTo'>): string[] {
  return delegatedTo.nameServers.filter((server) => nameServers.includes(server));
}

const UNASKED =
  'it was made for this site, and a DELETE deletes it only with "deleteZone": true: a zone that is made again has other name servers';

/** Copies that go: those that stand as they were written, in a zone that no viewer is sent to. */
export function copiesToRemove(
  leaving: Pick<LeavingZone, 'nameServers' | 'sets' | 'copied' | 'delegatedTo'>,
): RecordSet[] {
  if (stillDelegated(leaving).length > 0) return [];
  const { sets, copied } = leaving;
  return sets.filter((set) => copied.some((one) => isSameSet(one, set)));
}

/** Why Route 53 does not delete the zone, for the records in it that are not the zone's own; undefined when it has none. */
export function whyForeign({ zone, sets, copied }: Pick<LeavingZone, 'zone' | 'sets' | 'copied'>): string | undefined {
  const others = sets.filter(
    (set) =>
      !(set.name === zone && (set.type === 'SOA' || set.type === 'NS')) && !copied.some((one) => isSameSet(one, set)),
  );
  if (others.length === 0) return undefined;
  return `it holds records that are not ours: ${others.map(inWords).join('; ')}`;
}
