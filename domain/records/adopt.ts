import type { Owner } from '../ownership.ts';
import type { RecordChange } from './change.ts';
import { isMarkerName, markerName } from './marker.ts';
import { ADDRESS_TYPES, isOurs } from './owned.ts';
import { inWords, isSameSet, type RecordSet } from './record-set.ts';
import { setsAt, type ZoneView } from './zone-view.ts';

/** What is never taken over: whoever changes a delegation or the mail of a domain shall do it by hand (failures, invariant 13). */
const NEVER_ADOPTED: readonly string[] = ['NS', 'SOA', 'DS', 'MX'];

/** Why a set can't be taken over even when it is asked for; undefined when it can. */
export function adoptionProblem(set: RecordSet): string | undefined {
  if (NEVER_ADOPTED.includes(set.type)) return `${inWords(set)} is never taken over. Remove it by hand`;
  if (set.routing?.['TrafficPolicyInstanceId'] === undefined) return undefined;
  return `${inWords(set)} is made by a traffic policy, which would stay without it and cost on. Delete the policy record`;
}

/**
 * The sets that stand where a name's records and their marker belong and aren't ours: what adopting the name takes over.
 * Of these, what the ledger knows to be `written` by us has only lost its marker.
 */
export function toAdopt(
  view: ZoneView,
  { name, owner, written = [] }: { name: string; owner: Owner; written?: readonly RecordSet[] },
): RecordSet[] {
  if (isOurs(view, { name, owner })) return [];
  const there = setsAt(view, name).filter(({ type }) => ADDRESS_TYPES.includes(type));
  const foreign = [...there, ...setsAt(view, markerName(name))];
  return foreign.filter((set) => !written.some((one) => isSameSet(one, set)));
}

/** A change in words that say what it takes over. */
export function adopting(change: RecordChange): RecordChange {
  const { before, after } = change;
  if (!before) return change;
  const how = after ? `replace it by ${inWords(after)}` : 'remove it';
  const message = `Adopt ${inWords(before)}: ${how}; it was adopted as it stands, and undo puts it back`;
  return { ...change, adopts: true, message };
}

/** The sets of the ledger that stood at a name, or at its marker's, before we took it over. */
export function formerAt(former: readonly RecordSet[], name: string): RecordSet[] {
  return former.filter((set) => set.name === name || (isMarkerName(set.name) && set.name === markerName(name)));
}
