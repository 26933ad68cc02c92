import { printable } from '../printable.ts';
import { ADDRESS_TYPES } from '../records/owned.ts';
import { inWords, type RecordSet, targetOf } from '../records/record-set.ts';
import { type Delegating, silenceChecksum } from './carry-over.ts';
import { enteredAt } from './managed-at.ts';

/** Records told by name: a message has 1 KiB, and says what to do besides. */
const MOST_TOLD = 8;

/** What viewers would no longer be answered once a zone is delegated; undefined when nothing. */
export function silenceInWords(
  zone: string,
  delegating: Pick<Delegating, 'parent' | 'delegatedTo' | 'silenced' | 'answered'>,
): string | undefined {
  const { silenced, answered } = delegating;
  if (silenced.length === 0) return undefined;
  const guessed = answered.complete
    ? ''
    : `. Only names that can be guessed were asked for: compare them with the list of ${placeOf(delegating)}`;
  return `Once "${zone}" is delegated to its hosted zone, viewers get no answer any more for ${listed(silenced)}: ${answerer(delegating)} answers today, and the hosted zone does not${guessed}. Copy what must stay into the hosted zone before you enter its name servers`;
}

/** Why nothing is made for a site whose delegation would silence what is not approved. */
export function whyNotDelegated(zones: readonly (Delegating & { name: string; names: readonly string[] })[]): string {
  const checksum = silenceChecksum(zones.flatMap(({ silenced }) => silenced));
  const names = zones.map(({ name }) => `"${name}"`).join(', ');
  const said = zones.flatMap((zone) => silenceInWords(zone.name, zone) ?? []);
  return `Cannot have ${names} delegated unasked: to approve what falls silent then, declare the site again with "approve": "${checksum}" in the document, or by its plan. ${said.join('. ')}. ${[...new Set(zones.map((zone) => externalOffer(zone, zone.names)))].join('. ')}`;
}

/** The way that changes no name servers: for the whole site, or for those of its `names` that are kept there (C11). */
export function externalOffer(
  delegating: Pick<Delegating, 'parent' | 'delegatedTo'>,
  names: readonly string[] = [],
): string {
  const what = names.length > 0 ? `${names.map((name) => `"${name}"`).join(', ')} as a site of its own` : 'the site';
  return `To change no name servers, declare ${what} with "dns": "external": you enter its records ${placeOf(delegating)}`;
}

/** Says of a zone that is kept elsewhere, with web or mail, what replacing its name servers means; undefined for others. */
export function elsewhereInWords(
  zone: string,
  delegating: Delegating,
  names: readonly string[] = [],
): string | undefined {
  const { delegatedTo, answered } = delegating;
  const types = new Set(answered.sets.map(({ type }) => type));
  const alive = [
    ...(ADDRESS_TYPES.some((type) => types.has(type)) ? ['web'] : []),
    ...(types.has('MX') ? ['mail'] : []),
  ];
  if (delegatedTo.length === 0 || alive.length === 0) return undefined;
  return `"${zone}" is kept with ${delegatedTo.join(', ')}, with ${alive.join(' and ')} alive there: replacing its name servers moves the whole zone. ${externalOffer(delegating, names)}`;
}

function answerer({ parent, delegatedTo }: Pick<Delegating, 'parent' | 'delegatedTo'>): string {
  return delegatedTo.length > 0 ? delegatedTo.join(', ') : `"${parent}"`;
}

function placeOf({ parent, delegatedTo }: Pick<Delegating, 'parent' | 'delegatedTo'>): string {
  return delegatedTo.length > 0 ? `with the provider of ${delegatedTo.join(', ')}` : enteredAt(parent);
}

function listed(sets: readonly RecordSet[]): string {
  const told = sets.slice(0, MOST_TOLD).map((set) => printable(inWords(set)));
  const more = sets.length - told.length;
  return `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** The names and types that fall silent, for the ledger: few enough to be told in one message. */
export function silencedTargets(silenced: readonly RecordSet[]): string[] {
  return [...new Set(silenced.map(targetOf))].slice(0, MOST_TOLD);
}
