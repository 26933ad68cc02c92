import type { Kept } from '../changes/kept.ts';
import type { Owner } from '../ownership.ts';
import type { SiteRecord } from './site-record.ts';

/** What is asked of a site's own things when some of them, or all, are to go. */
export interface Leaving {
  record: SiteRecord;
  owner: Owner;
  kept: Kept;
}
