import type { Change } from '../../domain/changes/change.ts';
import type { EnteredEntry } from '../../domain/entries/entry.ts';
import type { Proofs } from '../../domain/entries/proof.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';
import type { OperationName } from '../../domain/sites/execution-name.ts';
import type { FailureReason } from '../../domain/sites/reason.ts';
import type { Site, SiteState } from '../../domain/sites/site.ts';
import type { Undelegated } from '../../domain/zones/carry-over.ts';

/** Something that a step made or found standing, in words for people and with the handle to find it by. */
export interface Made {
  /** "hosted zone", "certificate", "load balancer", "record" … */
  type: string;
  /** What AWS calls it: an ARN, an id, or "shop.example.test A". */
  id: string;
  /** False when it stood there before us and was only found. */
  ours: boolean;
  detail?: string;
  /** A record: the zone it was written to, and as what. Undo deletes exactly that. */
  written?: { zoneId: string; set: RecordSet };
  /** Adopted: how it stood before. Undo puts it back so. */
  before?: Before;
  /** A record that a person enters: once nothing needs it any more, they are told to take it out. Never ours. */
  entered?: EnteredEntry;
  /** An address: the instance that it was given to, and when it was allocated (ISO 8601 in UTC). */
  givenTo?: string;
  madeAt?: string;
  /** An address: the auto-assigned one of the instance that AWS released for good in its place. */
  lost?: string;
}

/** An adopted record, with its zone. */
export type RecordBefore = { zoneId: string; set: RecordSet };

/** An adopted thing that bears tags, with all of it that is changed. */
export type ThingBefore = {
  tags: Record<string, string>;
  /** A load balancer: those that it stands in. */
  securityGroups?: string[];
  /** A listener: all that it is set to, as ELB tells it. */
  settings?: object;
  /** Those that it serves by SNI beside its default one. */
  certificates?: string[];
  /** A target group. */
  healthPath?: string;
  targets?: { id: string; port: number }[];
};

export type Before = RecordBefore | ThingBefore;

/** What undo left standing although it was ours, or seemed to be, and why. */
export interface Left {
  type: string;
  id: string;
  why: string;
}

/** Why a site isn't live, or has gone back to the document before: the failure's name, what is wrong, and what to do next. */
export type Reason = FailureReason;

/** What runs for a site: one at a time. */
export interface Operation {
  name: OperationName;
  /** The name of its execution, derived from the site and its revision. */
  execution: string;
  startedAt: string;
  /** The Idempotency-Key of the request that asked for it, hashed: the same request again is not another one. */
  request?: string;
  /** The ARN of the caller that asked for it; absent when it followed by itself, or the API asks for no signature. */
  by?: string;
  /** The record sets that it may delete, a line each, where its request was judged by them. */
  deletes?: string[];
  /** The approved checksum of what falls silent when a zone is delegated. */
  silences?: string;
  /** The resources that it may retain although they are no longer wanted, by their ids: it was approved. */
  retains?: string[];
  /** The auto-assigned public addresses that instances may lose while records lead to them: it was approved. */
  loses?: string[];
}

/** An operation that failed or was stopped. */
export interface EndedOperation extends Operation {
  endedAt: string;
}

/** One site: `pk` "SITE#domain", `sk` "SITE". */
export interface SiteItem {
  domain: string;
  site: Site;
  state: SiteState;
  /** Counts the operations that changed the site, from 1. Names, tokens and references are derived from it. */
  revision: number;
  /** The operation that runs; absent when none does. */
  operation?: Operation;
  /** The Idempotency-Key of the request that asked for the operation, hashed: it is not another one when that has ended. */
  request?: string;
  reason?: Reason;
  /** The operation before, when it failed or was stopped: what a resume goes on with. */
  last?: EndedOperation;
  /** The document that was live last: what a change that fails goes back to. */
  live?: Site;
  /** Where challenges prove the names: when each was last answered. */
  proven?: Proofs;
  /** Names of earlier documents: the site's own until what was made for them is gone. */
  former?: string[];
  /** After an undo or a change: what stands still although it is no longer wanted. */
  left?: Left[];
  /** Instants as ISO 8601 in UTC. */
  createdAt: string;
  updatedAt: string;
  liveAt?: string;
}

/** One step of the running or last operation: `pk` "SITE#domain", `sk` "STEP#name". */
export interface StepItem<Output = Record<string, unknown>> {
  name: string;
  revision: number;
  state: 'running' | 'waiting' | 'done' | 'failed';
  startedAt: string;
  endedAt?: string;
  /** While it waits: what for, and what a person can do about it. */
  waitingFor?: string;
  /** While it waits, where it is known: until when at the latest, ISO 8601 in UTC. */
  waitingUntil?: string;
  /** While it waits: how many looks have found what may still settle, where they are counted. */
  looks?: number;
  /** How many entries of the timeline tell what it waits for in this revision, and the instant of the last one. */
  told?: { entries: number; at: string };
  made: Made[];
  /** What later steps read: ids and ARNs. */
  output?: Output;
  message?: string;
}

/** One entry of the timeline: `pk` "SITE#domain", `sk` "EVENT#instant#id". */
export interface TimelineItem {
  at: string;
  /** When its message was last written anew: what a step waits for may change with every look. */
  changedAt?: string;
  step?: string;
  message: string;
  /** The ARN of the caller whose request it is about. */
  by?: string;
}

/**
 * Who owns a name: `pk` "NAME#name", `sk` "CLAIM". One owner a name. The same again stands as `sk` "BELOW#name" under every
 * name above it, for a later claim of that one.
 */
export interface NameItem {
  name: string;
  /** The domain of the site that claims it. */
  domain: string;
  /** Whose site it is; absent for the account's own. */
  tenant?: string;
  /** The request that claimed it last: only that one may give it back. */
  request: string;
  claimedAt: string;
}

/** What lets a waiting workflow go on: `pk` "TOKEN#certificateArn", `sk` "TOKEN". The token is never logged. */
export interface TokenItem {
  certificateArn: string;
  token: string;
  domain: string;
  revision: number;
  /** Seconds since 1970, when DynamoDB may forget it. */
  expiresAt: number;
}

/** One request that carried an Idempotency-Key: `pk` "REQUEST#key", `sk` "REQUEST". */
export interface RequestItem {
  key: string;
  /** SHA-256 of the body, in hex: the same key with another body is another request. */
  bodyHash: string;
  /** The id of the one request that took the key: it knows its own write again when the answer to it was lost. */
  request: string;
  startedAt: string;
  /** Absent while the request is being answered. */
  answer?: { status: number; headers?: Record<string, string>; body: object };
  /** Seconds since 1970, when the key may be used anew. */
  expiresAt: number;
}

/** What was planned for a site: `pk` "PLAN#id", `sk` "PLAN". */
export interface PlanItem {
  id: string;
  domain: string;
  site: Site;
  /** Over `changes`, in hex. */
  checksum: string;
  changes: Change[];
  /** What the world gets today in the place of zones that are to be delegated: at the site's names. */
  undelegated?: (Undelegated & { zone: string })[];
  /** The checksum of what falls silent by the delegation, as it was shown. */
  silences?: string;
  createdAt: string;
  /** Seconds since 1970: from then on the plan can't be applied. */
  expiresAt: number;
}

/** What the ledger holds of one site. */
export interface SiteRecord {
  item: SiteItem;
  steps: StepItem[];
  /** A page of it, the oldest entry first; empty when it wasn't asked for. */
  timeline: TimelineItem[];
  /** Where the page before begins; absent when there is none. */
  next?: string;
}
