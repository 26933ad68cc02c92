import { isAtOrBelow, longestMatches, type Zone } from './longest-match.ts';

/** A zone that nothing has been put into, and the zone that answers in its place. */
export interface EmptyZone extends Zone {
  servedBy: Zone;
}

/** A new zone holds its SOA and NS records and nothing else. */
const SETS_OF_AN_EMPTY_ZONE = 2;

/**
 * The zones without records of their own among those that the names would lie in, each with the zones of the account above
 * it, the nearest first. None is empty whose number of record sets is not known.
 */
export function emptyZonesBelow<Listed extends Zone & { recordCount?: number }>(
  names: readonly string[],
  zones: readonly Listed[],
): { empty: Listed; above: Listed[] }[] {
  const found = new Map<string, { empty: Listed; above: Listed[] }>();
  for (const name of names) {
    for (let rest = [...zones]; ; ) {
      const longest = longestMatches(name, rest).map(({ id }) => id);
      const matching = rest.filter(({ id }) => longest.includes(id));
      const empty = matching.filter(({ recordCount }) => recordCount === SETS_OF_AN_EMPTY_ZONE);
      if (empty.length === 0 || empty.length < matching.length) break;
      rest = rest.filter((zone) => !matching.includes(zone));
      for (const zone of empty) found.set(zone.id, { empty: zone, above: zonesAbove(zone, zones) });
    }
  }
  return [...found.values()].filter(({ above }) => above.length > 0);
}

function zonesAbove<Listed extends Zone>({ name }: Zone, zones: readonly Listed[]): Listed[] {
  return zones
    .filter((zone) => zone.name !== name && isAtOrBelow(name, zone.name))
    .toSorted((one, other) => other.name.length - one.name.length);
}

/** What is told of a zone that is passed over. */
export function whyPassedOver({ id, name, servedBy }: EmptyZone): string {
  return `The hosted zone "${name}" (${id}) is empty, and "${servedBy.name}" does not delegate to it: the records belong in "${servedBy.name}" (${servedBy.id}), which answers for the names today. Delete the empty zone; delegated later, it would silence them`;
}
