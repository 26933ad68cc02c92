import { isDeepStrictEqual } from 'node:util';
import type { Target } from '../load-balancers/target-group.ts';
import type { RecordSet } from '../records/record-set.ts';
import type { ThingBefore } from './before.ts';
import type { Made, MadeType } from './made.ts';
import type { SiteRecord } from './site-record.ts';

/** What the site's steps have made of a kind, in all its operations, and is not known to be gone. */
export function madeOf({ steps }: SiteRecord, type: MadeType): Made[] {
  return steps.flatMap(({ made }) => made).filter((made) => made.ours && made.type === type);
}

/** The same with what was there before and is only used. */
export function foundOf({ steps }: SiteRecord, type: MadeType): Made[] {
  return steps.flatMap(({ made }) => made).filter((made) => made.type === type);
}

/** What of a kind is gone once a removing step has done its work: all but what stays, by its id. */
export function goneOf(record: SiteRecord, type: MadeType, stays: readonly (string | undefined)[]): Made[] {
  return madeOf(record, type).filter(({ id }) => !stays.includes(id));
}

/** The record sets that the site's steps have written into a zone. */
export function writtenTo(record: SiteRecord, zoneId: string): RecordSet[] {
  return madeOf(record, 'record').flatMap(({ written }) => (written?.zoneId === zoneId ? [written.set] : []));
}

/** The record sets that stood in a zone before the site's steps took them over, or that were copied for the time before. */
export function formerIn(record: SiteRecord, zoneId: string): RecordSet[] {
  return [...setsBefore(record, { type: ADOPTED_RECORD, zoneId }), ...copiedTo(record, zoneId)];
}

/** The record sets that were copied into a zone, for its names to have an answer from its delegation on. */
export function copiedTo(record: SiteRecord, zoneId: string): RecordSet[] {
  return setsBefore(record, { type: COPIED_RECORD, zoneId });
}

function setsBefore(record: SiteRecord, { type, zoneId }: { type: MadeType; zoneId: string }): RecordSet[] {
  const sets = madeOf(record, type).flatMap(({ before }) =>
    before && 'set' in before && before.zoneId === zoneId ? [before.set] : [],
  );
  // Two steps may have taken over the same one.
  return sets.filter((set, place) => sets.findIndex((one) => isDeepStrictEqual(one, set)) === place);
}

/** How a thing stood before the site's steps adopted it; undefined for what they made. */
export function beforeOf(record: SiteRecord, type: MadeType, id: string): ThingBefore | undefined {
  const found = madeOf(record, type).find((made) => made.id === id && made.before)?.before;
  return found && 'tags' in found ? found : undefined;
}

/** The targets that the site's documents have had registered in a target group. */
export function registeredIn(record: SiteRecord, arn: string): Target[] {
  return madeOf(record, 'target group').flatMap(({ id, registered = [] }) => (id === arn ? registered : []));
}

/** What the ledger calls a record that stood there before and was taken over: its successor is a "record". */
export const ADOPTED_RECORD = 'adopted record';

/** What the ledger calls a record that was copied into a zone before its name servers were shown. */
export const COPIED_RECORD = 'copied record';
