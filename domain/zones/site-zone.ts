import type { Zone } from './longest-match.ts';

/** A hosted zone with the names of the site that lie in it. */
export interface SiteZone extends Zone {
  names: string[];
  /** Without trailing dots. */
  nameServers: string[];
  /** How many record sets are in it, where that is known. */
  recordCount?: number;
  /** Whether it was made for this site. */
  ours: boolean;
  /** Whether it is not the tenant's: the names in it are proven by the challenge alone. */
  anothers?: boolean;
}
