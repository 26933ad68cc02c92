import { Resolver } from '../../aws/dns/resolver.ts';
import type { Kept } from '../../domain/changes/kept.ts';
import { entryTarget, isAmong } from '../../domain/entries/entry.ts';
import { keptBy } from '../../domain/ledger/kept-by.ts';
import type { Left } from '../../domain/ledger/left.ts';
import { ADOPTED_RECORD, madeOf } from '../../domain/ledger/made-of.ts';
import { missingRecords } from '../../domain/ledger/missing-records.ts';
import { stepOf } from '../../domain/ledger/outputs.ts';
import { inWords, type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import { subjectOf } from '../../domain/records/removal.ts';
import { enteredIn, entryMade } from '../../resources/manual-record/entered.ts';
import { entriesOf, lookAtEntries } from '../../resources/manual-record/manual-records.ts';
import { recordGone, writeRecords } from '../../resources/record/write-records.ts';
import { readZonesOfNames } from '../../resources/record/zones-of-names.ts';
import { validatedBy, validationRemoval } from '../shared/certificates/releasable-validation-records.ts';
import { dnsStep } from '../shared/steps/dns-step.ts';

/**
 * Takes back the validation records that we wrote, unless a certificate is still validated by them: ACM
 * gives each name one record, whoever asks, and without it that certificate is never renewed (failures, finding 2, A14).
 */
export const removeValidationRecords = (newResolver: () => Resolver) =>
  dnsStep('RemoveValidationRecords', {
    inRoute53: async ({ route53, site, item, record, environment }) => {
      const owner = { domain: site.domain, stack: environment.stackName };
      const kept = keptBy(record);
      // ACM may list for a while what it has deleted.
      const going = stepOf(record, 'RemoveCertificates')?.output?.removed ?? [];
      const leaving = { record, owner, kept, going, region: environment.region, everyRegion: true };
      const gone: RecordSet[] = [];
      const left: Left[] = [];
      const zones = await readZonesOfNames(route53, record);
      for (const zone of zones) {
        const removal = await validationRemoval(zone, leaving);
        const planned = removal(zone.view);
        const comment = `Nameplate: remove from ${site.domain} r${item.revision}`;
        await writeRecords(route53, { zone, plan: (view) => removal(view).changes, comment, item, stack: owner.stack });
        gone.push(...planned.gone);
        left.push(
          ...planned.left.map(
            ({ set, why }): Left => ({
              type: 'record',
              id: targetOf(set),
              why: `${why}: ${inWords(set)}`,
            }),
          ),
        );
      }
      // Where our record has to stay, what stood there before is remembered for the next undo.
      const adopted = madeOf(record, ADOPTED_RECORD).filter(
        ({ before }) =>
          !before ||
          !('set' in before) ||
          (!isKept(before.set.name, kept) && !left.some(({ id }) => id === `${before.set.name} CNAME`)),
      );
      return {
        gone: [...gone.map(recordGone), ...missingRecords(record, { zones, gone }), ...adopted],
        output: { left },
        message: gone.length > 0 ? `Removed ${gone.map(targetOf).join(', ')}` : 'No validation record of ours is to go',
      };
    },
    elsewhere: async ({ record, environment }) => {
      const wanted = entriesOf(record, environment);
      const unwanted = enteredIn(record).filter((entry) => !isAmong(wanted, entry));
      // Nothing leads to the site any more, or this step would not have been reached.
      const [traffic, others] = [true, false].map((is) => unwanted.filter((one) => (one.for === 'traffic') === is));
      const looked = await lookAtEntries(newResolver(), others ?? []);
      const standing = looked.filter(({ seen }) => seen !== 'missing' && seen !== 'unchecked');
      const missing = looked.filter(({ seen }) => seen === 'missing');
      const needed = await validatedBy(standing, { region: environment.region, everyRegion: true });
      const left = standing.map(
        (entry): Left => ({
          type: 'record',
          id: entryTarget(entry),
          why: whyItStands(entry, needed),
        }),
      );
      const message = left.length > 0 ? `Yours to remove: ${left.map(({ id }) => id).join(', ')}` : 'No record is left';
      return { gone: [...(traffic ?? []), ...missing].map((entry) => entryMade(entry)), output: { left }, message };
    },
  });

export const handler = removeValidationRecords(() => new Resolver());

/** Whether an adopted record still has a successor of ours. */
function isKept(name: string, kept: Kept): boolean {
  return (name.startsWith('_') ? kept.certified : kept.names).includes(subjectOf(name));
}

function whyItStands({ name }: { name: string }, needed: ReadonlyMap<string, string>): string {
  const why = needed.get(name);
  return why !== undefined
    ? `you entered it, and ${why}: leave it`
    : 'you entered it at your DNS provider, and nothing needs it any more: remove it there';
}
