import type { SiteItem } from './site-item.ts';
import type { StepItem } from './step-item.ts';
import type { TimelineItem } from './timeline-item.ts';

/** What the ledger holds of one site. */
export interface SiteRecord {
  item: SiteItem;
  steps: StepItem[];
  /** A page of it, the oldest entry first; empty when it wasn't asked for. */
  timeline: TimelineItem[];
  /** Where the page before begins; absent when there is none. */
  next?: string;
}
