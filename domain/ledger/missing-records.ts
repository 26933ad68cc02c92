import { isSameSet, type RecordSet, targetOf } from '../records/record-set.ts';
import type { ZoneView } from '../records/zone-view.ts';
import type { Made } from './made.ts';
import { formerIn, madeOf } from './made-of.ts';
import type { SiteRecord } from './site-record.ts';

/**
 * The records that the ledger knows and no zone has: deleted before by a worker that died, by hand, or never written. Those
 * that are `gone` by now are told by whoever deleted them.
 */
export function missingRecords(
  record: SiteRecord,
  { zones, gone }: { zones: readonly { id: string; view: ZoneView }[]; gone: readonly RecordSet[] },
): Made[] {
  return madeOf(record, 'record').filter(({ id, written }) => {
    const zone = zones.find(({ id: zoneId }) => zoneId === written?.zoneId);
    const former = zone ? formerIn(record, zone.id) : [];
    const stands =
      zone?.view.sets.some((set) => targetOf(set) === id && !former.some((one) => isSameSet(one, set))) ?? false;
    return !stands && !gone.some((set) => targetOf(set) === id);
  });
}
