import type { Made } from '../../domain/ledger/made.ts';
import type { RecordChange } from '../../domain/records/change.ts';
import type { RemovalPlan } from '../../domain/records/removal.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import type { Ends } from './site-ends.ts';
import type { ViewedZone } from './zone-views.ts';

export interface ActualRecords {
  /** The zones of the names that the document declares. */
  zones: readonly ActualZone[];
  /** Every zone that may hold records of names that it does not, and where they may lead; read for their release. */
  released?: {
    zones: readonly ReleasedZone[];
    ends: Ends;
    /** The names whose records a later step removes. */
    later?: readonly string[];
  };
}

/** A zone, and what was sent to it in this step. */
export interface ActualZone extends ViewedZone {
  /** As it is when `CheckRecords` looks for what is in the way: before the validation records are written. */
  checked?: ZoneView | undefined;
  sent?: { changes: readonly RecordChange[]; made: readonly Made[]; changeId?: string | undefined };
}

export interface ReleasedZone extends ViewedZone {
  sent?: { plan: RemovalPlan; changeId?: string | undefined };
}
