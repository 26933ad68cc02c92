import { entryInWords } from '../../domain/entries/entry.ts';
import { validationEntries } from '../../domain/entries/wanted.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import { targetOf } from '../../domain/records/record-set.ts';
import {
  foreignValidation,
  planValidationBatch,
  type ValidationRecord,
  validationInTheWay,
  validationSets,
} from '../../domain/records/validation.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import { entryMade } from '../../resources/manual-record/entered.ts';
import { recordAdopted, recordsMade, writeRecords } from '../../resources/record/write-records.ts';
import { readZoneViews, type ViewedZone } from '../../resources/record/zone-views.ts';
import { dnsStep } from '../shared/steps/dns-step.ts';

/**
 * Writes the CNAMEs by which ACM knows the names for ours. A name that only a wildcard answers for gets the wildcard's
 * records in the same batch: the CNAME below it would silence it otherwise (failures R31).
 */
export const handler = dnsStep('WriteValidationRecords', {
  inRoute53: async ({ route53, site, item, record, previous, environment, keep, takeBack }) => {
    const owner = { domain: site.domain, stack: environment.stackName };
    const { records } = outputOf(record, 'RequestCertificate');
    const zones = await readZoneViews(route53, outputOf(record, 'FindZone').zones);
    const made: Made[] = [];
    const before = previous?.revision === item.revision && previous.state === 'done' ? previous.output : undefined;
    let writes = false;
    for (const zone of zones) {
      const wanted = validationSets(recordsOf(zone, records));
      const problem = validationInTheWay(zone.view, wanted, { adopt: site.adopt });
      if (problem) throw new Failure('Conflict', problem);
      const plan = (view: ZoneView) => planValidationBatch(view, { wanted, names: zone.names, owner });
      const changes = plan(zone.view);
      const adopted = foreignValidation(zone.view, wanted).map((set) => recordAdopted(set, zone.id));
      const intent = [...recordsMade(changes, zone.id), ...adopted];
      writes ||= changes.length > 0;
      // Kept before: a batch whose answer is lost finds everything standing the next time, and would not know it for its own.
      if (intent.length > 0) await keep(...intent);
      try {
        const comment = `Nameplate: validation for ${site.domain}`;
        await writeRecords(route53, { zone, plan, comment, item, stack: owner.stack });
      } catch (error) {
        if (error instanceof Failure && error.name === 'Conflict') await takeBack(...intent);
        throw error;
      }
      made.push(...wanted.map((set): Made => ({ type: 'record', id: targetOf(set), ours: false })), ...intent);
    }
    const names = [...new Set(records.map(({ name }) => name.replace(/\.$/, '')))];
    const again = before !== undefined && (writes || before.writtenAgain === true);
    const message = `The validation records stand${again ? ' again' : ''}: ${names.join(', ')}`;
    return { made, output: again ? { writtenAgain: true } : {}, message };
  },
  elsewhere: async ({ record }) => {
    const entries = validationEntries(outputOf(record, 'RequestCertificate').records);
    return {
      made: entries.map((entry) => entryMade(entry)),
      output: {},
      message: `The validation records are yours to enter: ${entries.map(entryInWords).join('; ')}`,
    };
  },
});

function recordsOf({ names }: ViewedZone, records: readonly ValidationRecord[]): ValidationRecord[] {
  return records.filter(({ domain }) => names.includes(domain));
}
