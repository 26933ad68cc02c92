import type { RecordSet } from '../records/record-set.ts';
import type { ZoneView } from '../records/zone-view.ts';
import type { Delegating } from './carry-over.ts';

/** A zone that names of the site lie in. */
export type SeenZone = ExistingZone | NewZone | AmbiguousZone;

export interface ExistingZone {
  kind: 'existing';
  id: string;
  name: string;
  names: string[];
  nameServers: string[];
  /** Whether it was made for this site, and whether its tags say so. */
  ours: boolean;
  tagged: boolean;
  /** Whether it is not the tenant's: the names in it are proven by the challenge alone. */
  anothers?: boolean;
  /** Record sets in it. */
  recordCount: number;
  view: ZoneView;
  delegating?: Delegating;
  /** What an operation before has copied into it. */
  copied?: RecordSet[];
  /** Whether this step has made it. */
  created?: true;
}

/** One is made for the domain: no zone of the account holds the names, or the document wants one of its own. */
export interface NewZone {
  kind: 'new';
  name: string;
  names: string[];
  /** The zone that holds the names already. */
  apartFrom?: string;
  delegating?: Delegating;
}

/** Several zones bear the name, and the parent doesn't say which one the world is sent to (failures R10). */
export interface AmbiguousZone {
  kind: 'ambiguous';
  name: string;
  names: string[];
  candidates: string[];
  message: string;
}
