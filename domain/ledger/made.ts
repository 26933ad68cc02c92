import type { EnteredEntry } from '../entries/entry.ts';
import type { RecordSet } from '../records/record-set.ts';
import type { Before } from './before.ts';

/** A resource that a step created, adopted or found, with the id to find it by. */
export interface Made {
  /** "hosted zone", "certificate", "load balancer", "record" … */
  type: string;
  /** What AWS calls it: an ARN, an id, or "shop.example.test A". */
  id: string;
  /** False when it existed before and was only found. */
  ours: boolean;
  /** More about it, for people. */
  detail?: string;
  /** A record: the zone it was written to, and as what. Undo deletes exactly that. */
  written?: { zoneId: string; set: RecordSet };
  /** Adopted: what it was before. */
  before?: Before;
  /** A record that a person enters: once nothing needs it any more, they are told to take it out. Never ours. */
  entered?: EnteredEntry;
  /** An address: the instance that it was given to, and when it was allocated (ISO 8601 in UTC). */
  givenTo?: string;
  madeAt?: string;
  /** An address: the auto-assigned one of the instance that AWS released for good in its place. */
  lost?: string;
}
