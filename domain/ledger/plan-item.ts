import type { Change } from '../changes/change.ts';
import type { Site } from '../sites/site.ts';
import type { Undelegated } from '../zones/carry-over.ts';

/** What was planned for a site. */
export interface PlanItem {
  id: string;
  domain: string;
  site: Site;
  /** Over `changes`, in hex. */
  checksum: string;
  changes: Change[];
  /** What viewers get today in the place of zones that are to be delegated: at the site's names. */
  undelegated?: (Undelegated & { zone: string })[];
  /** The checksum of what falls silent by the delegation, as it was shown. */
  silences?: string;
  createdAt: string;
  /** Seconds since 1970: from then on the plan can't be applied. */
  expiresAt: number;
}
