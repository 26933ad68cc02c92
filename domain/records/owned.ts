import type { Owner } from '../ownership.ts';
import { markerName, readMarker } from './marker.ts';
import type { RecordSet } from './record-set.ts';
import { setsAt, type ZoneView } from './zone-view.ts';

/** Types that lead viewers somewhere; other types may stand beside ours. HTTPS may carry addresses of its own. */
export const ADDRESS_TYPES: readonly string[] = ['A', 'AAAA', 'CNAME', 'HTTPS'];

/** Whether the records of a name are this owner's: its marker stands beside them. */
export function isOurs(view: ZoneView, { name, owner }: { name: string; owner: Owner }): boolean {
  const marker = markerOf(view, name);
  const said = marker && readMarker(marker);
  return said?.domain === owner.domain && said.stack === owner.stack;
}

/** The TXT set where the marker of a name's records stands. */
export function markerOf(view: ZoneView, name: string): RecordSet | undefined {
  return setsAt(view, markerName(name)).find(({ type }) => type === 'TXT');
}
