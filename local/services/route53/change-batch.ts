import type { Change } from '@aws-sdk/client-route-53';
import { malformed } from './change-shape.ts';
import { conflicts, type Place } from './conflicts.ts';
import { invalidChangeBatch } from './errors.ts';
import { Problem } from './problem.ts';
import {
  MAX_CHARACTERS_PER_BATCH,
  MAX_RECORD_SETS_PER_ZONE,
  MAX_RECORDS_PER_BATCH,
  MAX_VALUES_PER_SET,
} from './quotas.ts';
import { hasSameValues, keyOf, type StoredSet, storedSet } from './record-set.ts';
import type { Records } from './records.ts';

/** One thing that changes in a zone: a set that goes, one that comes, or one in place of the other. */
export interface Step {
  gone?: StoredSet;
  come?: StoredSet;
}

/** What a batch makes of a zone. */
export interface Outcome {
  records: Records;
  steps: Step[];
}

/**
 * Works a batch out on a copy of the zone, change by change in the order given: the whole batch or, with every reason there is,
 * none of it. Throws InvalidInput or InvalidChangeBatch.
 */
export function workOut(changes: Change[], place: Place): Outcome {
  for (const change of changes) {
    const error = malformed(change);
    if (error) throw error;
  }
  refuse(tooLarge(changes));
  const sets = parsed(changes, place);
  refuse(repeated(sets));
  const records = place.records.copy();
  const messages: string[] = [];
  const steps: Step[] = [];
  for (const { action, set } of sets) {
    const there = records.find(set);
    const wrong =
      action === 'DELETE' ? notDeletable(set, there) : notPuttable(action, { set, there }, { ...place, records });
    if (wrong.length > 0) {
      messages.push(...wrong);
      continue;
    }
    if (there) records.remove(there);
    if (action !== 'DELETE') records.put(set);
    steps.push({ ...(there && { gone: there }), ...(action !== 'DELETE' && { come: set }) });
  }
  refuse(messages);
  refuse(incomplete(records, place));
  return { records, steps };
}

interface ParsedChange {
  action: string;
  set: StoredSet;
}

function refuse(messages: string[]): void {
  if (messages.length > 0) throw invalidChangeBatch(messages);
}

function tooLarge(changes: Change[]): string[] {
  let records = 0;
  let characters = 0;
  for (const { Action: action, ResourceRecordSet: set } of changes) {
    const times = action === 'UPSERT' ? 2 : 1;
    const values = set?.ResourceRecords ?? [];
    if (values.length > MAX_VALUES_PER_SET) return [`Cannot have more than ${MAX_VALUES_PER_SET} records in a RRSet.`];
    // An alias has no values and counts as one all the same, or a batch would have no end.
    records += times * Math.max(1, values.length);
    characters += times * values.reduce((sum, { Value: value }) => sum + (value ?? '').length, 0);
  }
  if (records > MAX_RECORDS_PER_BATCH) return [`Number of records limit of ${MAX_RECORDS_PER_BATCH} exceeded.`];
  if (characters > MAX_CHARACTERS_PER_BATCH) return [`RDATA character limit of ${MAX_CHARACTERS_PER_BATCH} exceeded.`];
  return [];
}

/** The changes with their names and values understood; throws with everything that isn't. */
function parsed(changes: Change[], { zoneName }: Place): ParsedChange[] {
  const messages: string[] = [];
  const sets = changes.flatMap(({ Action: action, ResourceRecordSet: given }) => {
    try {
      const set = storedSet(given ?? { Name: undefined, Type: undefined });
      if (set.name !== zoneName && !set.name.endsWith(`.${zoneName}`)) {
        messages.push(`RRSet with DNS name ${set.name} is not permitted in zone ${zoneName}`);
      }
      messages.push(...duplicates(set));
      return [{ action: String(action), set }];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      messages.push(error.message);
      return [];
    }
  });
  refuse(messages);
  return sets;
}

function duplicates({ listed }: StoredSet): string[] {
  const values = (listed.ResourceRecords ?? []).map(({ Value: value }) => String(value));
  const twice = values.find((value, at) => values.indexOf(value) < at);
  return twice === undefined ? [] : [`Duplicate Resource Record: '${twice}'`];
}

/** One set may be touched once, or deleted and then created anew. */
function repeated(sets: ParsedChange[]): string[] {
  const actions = new Map<string, { set: StoredSet; actions: string[] }>();
  for (const { action, set } of sets) {
    const entry = actions.get(keyOf(set)) ?? { set, actions: [] };
    entry.actions.push(action);
    actions.set(keyOf(set), entry);
  }
  return [...actions.values()]
    .filter(({ actions: [first, second, third] }) => second && !(first === 'DELETE' && second === 'CREATE' && !third))
    .map(
      ({ set }) => `The request contains an invalid set of changes for a resource record set '${set.type} ${set.name}'`,
    );
}

function notDeletable(set: StoredSet, there: StoredSet | undefined): string[] {
  if (!there) return [`Tried to delete ${nameOf(set)} but it was not found`];
  return hasSameValues(set, there)
    ? []
    : [`Tried to delete ${nameOf(set)} but the values provided do not match the current values`];
}

function notPuttable(
  action: string,
  { set, there }: { set: StoredSet; there: StoredSet | undefined },
  place: Place,
): string[] {
  if (there && action === 'CREATE') return [`Tried to create ${nameOf(set)} but it already exists`];
  return conflicts(set, place);
}

/** What a zone must have in the end, and must not exceed. */
function incomplete(records: Records, { zoneId, zoneName }: Place): string[] {
  const apex = records.at(zoneName).map(({ type }) => type);
  if (!apex.includes('SOA')) return ['A HostedZone must contain exactly one SOA record.'];
  if (!apex.includes('NS')) return ['A HostedZone must contain at least one NS record for the zone itself.'];
  if (records.size > MAX_RECORD_SETS_PER_ZONE) return [`Exceeded limit MAX_RRSETS_BY_ZONE for zone: ${zoneId}`];
  return [];
}

function nameOf({ name, type, setIdentifier }: StoredSet): string {
  const identifier = setIdentifier === undefined ? '' : `, set-identifier='${setIdentifier}'`;
  return `resource record set [name='${name}', type='${type}'${identifier}]`;
}
