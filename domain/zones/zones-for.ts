import { Failure } from '../errors.ts';
import { longestMatches, type Zone } from './longest-match.ts';

/** A zone name with the site's names that lie there, and every public zone that bears it: mostly one (failures R10). */
export interface ZoneGroup {
  candidates: Zone[];
  names: string[];
}

/**
 * Which zones hold the names, by longest match; the first name's first.
 *
 * @throws {Failure} "Misconfigured" for a name that no zone holds
 */
export function zonesFor(names: readonly string[], zones: readonly Zone[]): ZoneGroup[] {
  const groups = new Map<string, ZoneGroup>();
  for (const name of names) {
    const candidates = longestMatches(name, zones);
    const [first] = candidates;
    if (!first) {
      throw new Failure(
        'Misconfigured',
        `Cannot find a public hosted zone for "${name}" in this account. Create one, or declare the name as a site of its own`,
      );
    }
    groups.set(first.name, { candidates, names: [...(groups.get(first.name)?.names ?? []), name] });
  }
  return [...groups.values()];
}
