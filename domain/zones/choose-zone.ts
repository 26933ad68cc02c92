import { Failure } from '../errors.ts';
import type { Zone } from './longest-match.ts';

export interface CandidateZone extends Zone {
  nameServers: string[];
}

/**
 * Of several public zones with one name, the one that the world is sent to: whose name servers the parent names.
 *
 * @throws {Failure} "Conflict" when the parent names those of none or of several (failures R10)
 */
export function chooseDelegated(zones: readonly CandidateZone[], delegatedTo: readonly string[]): CandidateZone {
  const chosen = zones.filter((zone) => zone.nameServers.some((server) => delegatedTo.includes(server)));
  const [only, second] = chosen;
  if (only && !second) return only;
  const name = zones[0]?.name ?? '';
  const ids = zones.map((zone) => zone.id).join(', ');
  const why = only
    ? 'the parent names the name servers of more than one'
    : 'the parent names none of their name servers';
  throw new Failure(
    'Conflict',
    `Cannot choose a hosted zone for "${name}": ${ids} bear that name, and ${why}. Delegate "${name}" to one of them or delete the others, then declare the site again`,
  );
}
