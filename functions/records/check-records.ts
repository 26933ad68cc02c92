import { Failure } from '../../domain/errors.ts';
import { writtenTo } from '../../domain/ledger/made-of.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import { toAdopt } from '../../domain/records/adopt.ts';
import { inTheWay } from '../../domain/records/in-the-way.ts';
import { inWords } from '../../domain/records/record-set.ts';
import { readZoneViews } from '../../resources/record/zone-views.ts';
import { dnsLedgerStep } from '../shared/steps/dns-step.ts';

/** Looks for foreign records where ours are to stand, before anything costs. */
export const handler = dnsLedgerStep('CheckRecords', {
  inRoute53: async ({ route53, site, record, environment }) => {
    const owner = { domain: site.domain, stack: environment.stackName };
    const zones = await readZoneViews(route53, outputOf(record, 'FindZone').zones);
    const adopt = site.adopt ?? false;
    const problems = zones.flatMap(({ names, view }) =>
      names.map((name) => inTheWay(view, { name, names, owner, adopt })),
    );
    const found = problems.filter((problem) => problem !== undefined);
    if (found.length > 0) throw new Failure('Conflict', [...new Set(found)].join('. '));
    const adopted = zones.flatMap(({ id, names, view }) =>
      names.flatMap((name) => toAdopt(view, { name, owner, written: writtenTo(record, id) })),
    );
    const message =
      adopted.length > 0 ? `To be adopted: ${adopted.map(inWords).join('; ')}` : 'No foreign record is in the way';
    return { output: {}, message };
  },
  elsewhere: async () => ({ output: {}, message: 'The records are yours to enter: none is changed by us' }),
});
