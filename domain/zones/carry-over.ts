import { createHash } from 'node:crypto';
import type { Entry } from '../entries/entry.ts';
import type { Owner } from '../ownership.ts';
import type { RecordChange } from '../records/change.ts';
import { created } from '../records/exchange.ts';
import { isMarkerName, markerName } from '../records/marker.ts';
import { ADDRESS_TYPES, isOurs } from '../records/owned.ts';
import { marked } from '../records/plan.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from '../records/record-set.ts';
import { recordValue } from '../records/record-value.ts';
import { setsAt, wildcardSets, type ZoneView } from '../records/zone-view.ts';

/** What the world gets today at and below the name of a zone that is not delegated to yet. */
export interface Answered {
  /** With the TTLs that resolvers see. Those at the site's names, and what else was found below the zone's name. */
  sets: RecordSet[];
  /** Whether that is all there is. By DNS, only names that can be guessed are found. */
  complete: boolean;
  /** How long resolvers may remember that a name does not exist there. */
  negativeSeconds: number;
}

/** A zone that the world is not sent to, and what the world gets in its place. */
export interface Undelegated {
  /** The zone above: "example.test". */
  parent: string;
  /** Whom the zone above delegates to; none when it answers itself. */
  delegatedTo: string[];
  answered: Answered;
}

/** What a delegation would change for viewers. */
export interface CarryOver {
  /** Copied into the zone before its name servers are shown: answers at the site's own names. */
  copies: RecordSet[];
  /** Answered today, and neither copied nor in the zone: without an answer once the zone is delegated. */
  silenced: RecordSet[];
}

/** A zone that is to be delegated, with all that this means. */
export type Delegating = Undelegated & CarryOver;

/** How long a copied address may be remembered: the site's records replace it as soon as the site is ready. */
const COPY_TTL_SECONDS = 60;

/** Delegations: who serves a name below is decided by a person. */
const NEVER_COPIED: readonly string[] = ['NS', 'DS'];

/** What the zone has of its own at its name. */
const OF_THE_ZONE: readonly string[] = ['NS', 'SOA', 'DS'];

function copying(set: RecordSet): RecordChange {
  const message = `Copy ${inWords(set)}: what viewers get today, until the site is ready`;
  return { ...created(set), message };
}

interface Carrying {
  names: readonly string[];
  owner: Owner;
  answered: Answered;
  /** Nothing is written into a zone whose names are proven by a challenge, since that comes later. */
  mayCopy?: boolean;
  /** The challenges of the site: only Nameplate reads them, and it asks for them again once the zone answers. */
  challenges?: readonly Pick<Entry, 'name' | 'values'>[];
}

/** What is copied into a zone, and what falls silent, when the zone is delegated as it stands. */
export function carryOver(
  view: ZoneView,
  { names, owner, answered, mayCopy = true, challenges = [] }: Carrying,
): CarryOver {
  const missing = answered.sets.filter(
    (set) =>
      !(set.name === view.zone && OF_THE_ZONE.includes(set.type)) &&
      !isAnswered(view, set) &&
      !challenges.some((challenge) => isSameChallenge(challenge, set)),
  );
  const copies = missing.filter(
    (set) => mayCopy && names.includes(set.name) && !NEVER_COPIED.includes(set.type) && canHold(view, { set, owner }),
  );
  return { copies: copies.map(asCopy), silenced: missing.filter((set) => !copies.includes(set)) };
}

/** Whether a record set holds the challenge, and nothing else that others could read. */
function isSameChallenge(challenge: Pick<Entry, 'name' | 'values'>, { name, type, values }: RecordSet): boolean {
  const expected = challenge.values.map((value) => recordValue('TXT', value));
  return name === challenge.name && type === 'TXT' && values.join() === expected.join();
}

/** Whether the zone itself answers in the place of a set: for addresses, with any kind of them. */
function isAnswered(view: ZoneView, { name, type }: RecordSet): boolean {
  const here = setsAt(view, name);
  const answering = here.length > 0 ? here : wildcardSets(view, name);
  const isAddress = ADDRESS_TYPES.includes(type);
  return answering.some((set) => set.type === type || (isAddress && ADDRESS_TYPES.includes(set.type)));
}

/** Whether a copy can be put into the zone, marked as ours: beside addresses that are not ours none is. */
function canHold(view: ZoneView, { set: { name, type }, owner }: { set: RecordSet; owner: Owner }): boolean {
  const here = setsAt(view, name);
  if (type === 'CNAME' ? here.length > 0 || name === view.zone : here.some((set) => set.type === 'CNAME')) return false;
  if (wildcardSets(view, name).length > 0) return false;
  const foreign = here.some((set) => ADDRESS_TYPES.includes(set.type)) || setsAt(view, markerName(name)).length > 0;
  return isOurs(view, { name, owner }) || !foreign;
}

function asCopy(set: RecordSet): RecordSet {
  const ttlSeconds = set.ttlSeconds ?? COPY_TTL_SECONDS;
  return { ...set, ttlSeconds: ADDRESS_TYPES.includes(set.type) ? Math.min(ttlSeconds, COPY_TTL_SECONDS) : ttlSeconds };
}

/**
 * The changes of one zone, to be sent as one batch, that copy answers into it, with our markers: PointRecords replaces
 * them, and undo puts them back. Copies of an operation before that lost their marker in its undo get it again.
 */
export function planCopies(
  view: ZoneView,
  {
    names,
    owner,
    copies,
    copied,
  }: { names: readonly string[]; owner: Owner; copies: readonly RecordSet[]; copied: readonly RecordSet[] },
): RecordChange[] {
  return names.flatMap((name) => {
    const here = setsAt(view, name);
    const wanted = copies.filter((set) => set.name === name && !here.some((standing) => isSameSet(standing, set)));
    const unmarked = isOurs(view, { name, owner }) ? [] : here.filter(({ type }) => ADDRESS_TYPES.includes(type));
    const ours = unmarked.length > 0 && unmarked.every((set) => copied.some((one) => isSameSet(one, set)));
    const taken = setsAt(view, markerName(name)).length > 0 && !isOurs(view, { name, owner });
    if ((wanted.length === 0 && !ours) || taken) return [];
    return marked(view, { name, owner, changes: wanted.map(copying) });
  });
}

/**
 * A copy as a plan tells it: name servers may answer differently at each look, and a plan that is applied must be the one that
 * was seen.
 */
export function asPlanned(change: RecordChange, { parent }: Pick<Undelegated, 'parent'>): RecordChange {
  if (change.verb !== 'create' || isMarkerName(change.after.name)) return change;
  return copying({ ...change.after, values: [`(as "${parent}" answers)`] });
}

/** SHA-256 over what falls silent, in hex, by name and type: what a person approves. Undefined when nothing does. */
export function silenceChecksum(silenced: readonly RecordSet[]): string | undefined {
  const lines = [...new Set(silenced.map(targetOf))].toSorted();
  return lines.length === 0 ? undefined : createHash('sha256').update(lines.join('\n')).digest('hex');
}
