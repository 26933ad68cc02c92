import type { Kept } from '../../../domain/changes/kept.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { Owner } from '../../../domain/ownership.ts';

/** What is asked of a site's own things when some of them, or all, are to go. */
export interface Leaving {
  record: SiteRecord;
  owner: Owner;
  kept: Kept;
}
