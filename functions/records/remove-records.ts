import { Resolver } from '../../aws/dns/resolver.ts';
import type { Kept } from '../../domain/changes/kept.ts';
import { Failure } from '../../domain/errors.ts';
import { keptBy } from '../../domain/ledger/kept-by.ts';
import type { Left } from '../../domain/ledger/left.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { ADOPTED_RECORD, formerIn, madeOf } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { vanished } from '../../domain/ledger/vanished.ts';
import { formerAt } from '../../domain/records/adopt.ts';
import type { RecordChange } from '../../domain/records/change.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import { remembered, untilForgotten } from '../../domain/records/remembered.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import { ownNames } from '../../domain/sites/own-names.ts';
import { awaitLeaving } from '../../resources/manual-record/await-removal.ts';
import { edgeIn, endsForDropped, ownEnds, recordRemoval } from '../../resources/record/site-ends.ts';
import { recordGone, writeRecords } from '../../resources/record/write-records.ts';
import { readZonesOfNames } from '../../resources/record/zones-of-names.ts';
import { dnsStep } from '../shared/steps/dns-step.ts';

/**
 * Takes the traffic away, before what it goes to: one atomic batch a zone with the owner markers, of exactly what was
 * written (failures S1, R8). With another provider a person takes it away: until then all stays that it goes to.
 */
export const removeRecords = (newResolver: () => Resolver) =>
  dnsStep('RemoveRecords', {
    inRoute53: async ({ route53, site, item, record, environment, previous, now }) => {
      const owner = { domain: site.domain, stack: environment.stackName };
      const kept = keptBy(record);
      const [zones, ends] = await Promise.all([readZonesOfNames(route53, record), ownEnds(record, owner)]);
      const edge = edgeIn(ends, kept);
      const plans = zones.map((zone) => {
        const removal = recordRemoval(zone, { record, owner, kept, edge });
        return { zone, removal, ...removal(zone.view) };
      });
      const dangling = plans.flatMap((plan) => plan.dangling);
      if (dangling.length > 0) throw new Failure('Conflict', dangling.map(({ message }) => message).join('. '));
      const known = previous?.revision === item.revision ? (previous.output?.changes ?? []) : [];
      const changeIds = new Map(known.map(({ zoneId, changeId }) => [zoneId, changeId]));
      for (const { zone, removal } of plans) {
        const plan = (view: ZoneView) => removal(view).changes;
        const comment = `Nameplate: remove from ${site.domain} r${item.revision}`;
        const changeId = await writeRecords(route53, { zone, plan, comment, item, stack: owner.stack });
        if (changeId !== undefined) changeIds.set(zone.id, changeId);
      }
      const gone = plans.flatMap((plan) => plan.gone);
      const { oldSeconds } = remembered(plans.flatMap(({ changes }) => changes));
      const former = zones.flatMap(({ id }) => formerIn(record, id));
      // What goes back to the very same record stays in DNS.
      const taken = gone.filter((set) => !former.some((one) => isSameSet(one, set)));
      const back = plans.flatMap(({ zone, changes }) => cameBack(changes, formerIn(record, zone.id)));
      const left: Left[] = plans.flatMap((plan) =>
        plan.left.map(({ set, why }) => ({ type: 'record', id: targetOf(set), why: `${why}: ${inWords(set)}` })),
      );
      return {
        gone: [
          ...gone.map(recordGone),
          ...vanished(record, { zones, gone }),
          ...settledAdoptions(record, { zones, kept }),
        ],
        output: { changes: [...changeIds].map(([zoneId, changeId]) => ({ zoneId, changeId })), left },
        message: [
          taken.length > 0 ? `Removed ${taken.map(targetOf).join(', ')}` : 'No record of ours is to go',
          ...(back.length > 0 ? [`put back what was adopted: ${back.map(inWords).join('; ')}`] : []),
          ...(back.length > 0 && oldSeconds > 0
            ? [`resolvers may answer with the site's records ${untilForgotten(oldSeconds, now)}`]
            : []),
        ].join('; '),
      };
    },
    elsewhere: async ({ site, item, record, environment, keep }) => {
      const owner = { domain: site.domain, stack: environment.stackName };
      const kept = keptBy(record);
      const names = ownNames(item).filter((name) => !kept.names.includes(name));
      const ends = endsForDropped(await ownEnds(record, owner), kept);
      await awaitLeaving(newResolver(), { names, ...ends }, keep);
      return {
        output: { changes: [], left: [] },
        message:
          names.length > 0
            ? `No record leads viewers of ${names.join(', ')} to the site any more`
            : 'No record is to go',
      };
    },
  });

export const handler = removeRecords(() => new Resolver());

function cameBack(changes: readonly RecordChange[], former: readonly RecordSet[]): RecordSet[] {
  return changes.flatMap(({ after }) => (after && former.some((set) => isSameSet(set, after)) ? [after] : []));
}

/** What was remembered of the names has come back, has been told as left, or was never taken over: it is not needed again. */
function settledAdoptions(
  record: SiteRecord,
  { zones, kept }: { zones: readonly { id: string; names: readonly string[] }[]; kept: Kept },
): Made[] {
  const going = (names: readonly string[]) => names.filter((name) => !kept.names.includes(name));
  return madeOf(record, ADOPTED_RECORD).filter(({ before }) =>
    zones.some(
      ({ id, names }) =>
        before !== undefined &&
        'set' in before &&
        before.zoneId === id &&
        going(names).some((name) => formerAt([before.set], name).length > 0),
    ),
  );
}
