import { Failure } from '../../domain/errors.ts';
import { inTheWay } from '../../domain/records/in-the-way.ts';
import { dnsLedgerStep } from '../dns-step.ts';
import { outputOf } from '../outputs.ts';
import { readZoneViews } from '../zone-views.ts';

/** Looks for foreign records where ours are to stand, before anything costs. */
export const handler = dnsLedgerStep('CheckRecords', {
  inRoute53: async ({ route53, site, record, environment }) => {
    const owner = { domain: site.domain, stack: environment.stackName };
    const zones = await readZoneViews(route53, outputOf(record, 'FindZone').zones);
    const problems = zones.flatMap(({ names, view }) => names.map((name) => inTheWay(view, { name, names, owner })));
    const found = problems.filter((problem) => problem !== undefined);
    if (found.length > 0) throw new Failure('Conflict', [...new Set(found)].join('. '));
    return { output: {}, message: 'No foreign record is in the way' };
  },
  elsewhere: async () => ({ output: {}, message: 'The records are yours to enter: none is changed by us' }),
});
