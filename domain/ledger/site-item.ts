import type { Proofs } from '../entries/proof.ts';
import type { MaintenanceStanding } from '../failover/maintenance.ts';
import type { SiteState } from '../sites/life/states.ts';
import type { FailureReason } from '../sites/reason.ts';
import type { Site } from '../sites/site.ts';
import type { Left } from './left.ts';
import type { EndedOperation, Operation } from './operation.ts';
import type { ResourceId } from './released.ts';

/** One site. */
export interface SiteItem extends MaintenanceStanding {
  domain: string;
  site: Site;
  state: SiteState;
  /** Counts the operations that changed the site, from 1. Names, tokens and references are derived from it. */
  revision: number;
  /** The revision whose steps have made the document true, where operations that only move traffic have come after it. */
  documentRevision?: number;
  /** The operation that runs; absent when none does. */
  operation?: Operation;
  /** The Idempotency-Key of the request that asked for the operation, hashed: it is not another one when that has ended. */
  request?: string;
  /** Why it isn't live, or has gone back to the document before. */
  reason?: FailureReason;
  /** The instance that was created for it was stopped on request: the next document starts it. */
  serverStopped?: true;
  /** The operation before, when it failed or was stopped: what a resume goes on with. */
  last?: EndedOperation;
  /** The document that was live last: what a change that fails goes back to. */
  live?: Site;
  /** Where challenges prove the names: when each was last answered. */
  proven?: Proofs;
  /** Names of earlier documents: the site's own until what was made for them is gone. */
  former?: string[];
  /** After an undo or a change: what still exists although it is no longer wanted. */
  left?: Left[];
  /** What undos have kept and unmarked: it is the site's no more, although some of it still bears its caller reference. */
  kept?: ResourceId[];
  /** Instants as ISO 8601 in UTC. */
  createdAt: string;
  updatedAt: string;
  liveAt?: string;
}
