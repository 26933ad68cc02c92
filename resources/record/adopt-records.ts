import type { Made } from '../../domain/ledger/made.ts';
import { ADOPTED_RECORD, formerIn, madeOf, writtenTo } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import type { Owner } from '../../domain/ownership.ts';
import { formerAt, toAdopt } from '../../domain/records/adopt.ts';
import { isOurs } from '../../domain/records/owned.ts';
import { isSameSet } from '../../domain/records/record-set.ts';
import { recordAdopted } from './write-records.ts';
import type { ViewedZone } from './zone-views.ts';

/**
 * What is about to be taken over in a zone, for the ledger to know before the batch; and what it remembers of these names
 * that no longer stands so, because a batch before was never made.
 */
export function adoptRecords(
  record: SiteRecord,
  { zone, owner }: { zone: ViewedZone; owner: Owner },
): { adopted: Made[]; outdated: Made[] } {
  const { id, names, view } = zone;
  const former = formerIn(record, id);
  // A foreign record may say the very thing that ours will: remembered once, it is no less foreign for being intended.
  const written = writtenTo(record, id).filter((set) => !former.some((one) => isSameSet(one, set)));
  const free = names.filter((name) => !isOurs(view, { name, owner }));
  const adopted = free.flatMap((name) => toAdopt(view, { name, owner, written })).map((set) => recordAdopted(set, id));
  const outdated = madeOf(record, ADOPTED_RECORD).filter(
    ({ id: known, before }) =>
      before !== undefined &&
      'set' in before &&
      before.zoneId === id &&
      free.some((name) => formerAt([before.set], name).length > 0) &&
      !adopted.some((made) => made.id === known),
  );
  return { adopted, outdated };
}
