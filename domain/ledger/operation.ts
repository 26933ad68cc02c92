import type { MaintenanceStanding } from '../failover/maintenance.ts';
import type { Deletion } from '../records/deletion-limits.ts';
import type { OperationName } from '../sites/life/operations.ts';

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
  /** The record sets that it may delete, where its request was judged by them; earlier versions wrote a line of each. */
  deletes?: (Deletion | string)[];
  /** The approved checksum of what falls silent when a zone is delegated. */
  silences?: string;
  /** The resources that it may retain although they are no longer wanted, by their ids: it was approved. */
  retains?: string[];
  /** Whether the hosted zone that was made for the site stays, even where it could be deleted. */
  retainsZone?: true;
  /** The types and ids of the resources that are kept and unmarked. */
  keeps?: string[];
  /** How the maintenance stood that it switches: what is put back where it fails. */
  from?: MaintenanceStanding;
  /** The auto-assigned public addresses that instances may lose while records lead to them: it was approved. */
  loses?: string[];
}

/** An operation that failed or was stopped. */
export interface EndedOperation extends Operation {
  endedAt: string;
}
