import type { Generation } from '../certificates/request.ts';
import type { EnteredEntry } from '../entries/entry.ts';
import type { Target } from '../load-balancers/target-group.ts';
import type { RecordSet } from '../records/record-set.ts';
import { RESOURCE_TYPES } from '../resources/resource-type.ts';
import type { Before } from './before.ts';

/** Record sets that existed before are told apart: taken over for good, or copied into a zone until it is delegated. */
export const MADE_TYPES = [...RESOURCE_TYPES, 'adopted record', 'copied record'] as const;

export type MadeType = (typeof MADE_TYPES)[number];

/** A resource that a step created, adopted or found, with the id to find it by. */
export interface Made {
  type: MadeType;
  /** What AWS calls it: an ARN, an id, or "shop.example.test A". */
  id: string;
  /** False when it existed before and was only found. */
  ours: boolean;
  /** More about it, for people: no decision reads it. */
  detail?: string;
  /** A record: the zone it was written to, and as what. Undo deletes exactly that. */
  written?: { zoneId: string; set: RecordSet };
  /** Adopted: what it was before. */
  before?: Before;
  /** A delegation at its registrar: the operation of Route 53 Domains that changes the name servers. */
  operationId?: string;
  /** A record that a person enters: once nothing needs it any more, they are told to take it out. Never ours. */
  entered?: EnteredEntry;
  /** A certificate: the request that it was made by. */
  generation?: Generation;
  /** An address: the address itself. */
  address?: string;
  /** An address: the instance that it was given to, and when it was allocated (ISO 8601 in UTC). */
  givenTo?: string;
  madeAt?: string;
  /** A distribution: its own name, "d111111abcdef8.cloudfront.net". */
  domainName?: string;
  /** A page, or the function of a bypass: which one it is. */
  version?: string;
  /** A target group: the targets that the site has registered in it, under any of its documents. */
  registered?: Target[];
  /** An address: the auto-assigned one of the instance that AWS released for good in its place. */
  lost?: string;
}
