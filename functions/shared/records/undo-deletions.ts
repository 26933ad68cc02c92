import type { Route53Client } from '@aws-sdk/client-route-53';
import type { Clients } from '../../../aws/one-look.ts';
import { NOTHING_KEPT } from '../../../domain/changes/kept.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { applied } from '../../../domain/records/applied.ts';
import { planValidationRemoval } from '../../../domain/records/removal.ts';
import { formerIn, writtenTo } from '../ledger/made-of.ts';
import type { ZoneChanges } from './approved-removal.ts';
import { edgeIn, ownEnds, recordRemoval } from './leaving-records.ts';
import { readZonesOfNames } from './zones-of-names.ts';

/**
 * What an undo of the site would do to its records, decided by what its two steps decide by. Validation records are all
 * among it: one that another certificate turns out to need stays, which is less than the list and never more.
 */
export async function undoRecordChanges(
  route53: Route53Client,
  { record, stack, clients }: { record: SiteRecord; stack: string; clients: Clients },
): Promise<ZoneChanges[]> {
  const owner = { domain: record.item.domain, stack };
  const leaving = { record, owner, kept: NOTHING_KEPT };
  const [zones, ends] = await Promise.all([readZonesOfNames(route53, record), ownEnds(record, owner, clients)]);
  const edge = edgeIn(ends, NOTHING_KEPT);
  return zones.map((zone) => {
    const known = { names: zone.names, owner, written: writtenTo(record, zone.id), former: formerIn(record, zone.id) };
    const { changes } = recordRemoval(zone, { ...leaving, edge })(zone.view);
    const after = applied(zone.view, changes);
    return {
      zone,
      changes: [...changes, ...planValidationRemoval(after, { ...known, needs: () => undefined }).changes],
    };
  });
}
