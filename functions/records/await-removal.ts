import { readChange } from '../../aws/records/read-change.ts';
import { Failure } from '../../domain/errors.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import { enteredIn } from '../../resources/manual-record/entered.ts';
import { dnsLedgerStep } from '../shared/steps/dns-step.ts';

/** Of every record that we write, and of an alias to a load balancer. */
const OUR_TTL_SECONDS = 60;

/** What a person enters may have any, but resolvers forget after a week. Source: RFC 8767, section 4, checked 2026-11-22. */
const MAX_TTL_SECONDS = 604_800;

/** Waits until no name server answers with the records any more. A change that Route 53 has forgotten is long done. */
export const handler = dnsLedgerStep('AwaitRemoval', {
  inRoute53: async ({ route53, record }) => {
    const { changes } = outputOf(record, 'RemoveRecords');
    const told = await Promise.all(changes.map(({ changeId }) => readChange(route53, changeId)));
    if (told.includes('PENDING')) {
      throw new Failure('NotReady', 'Waiting until all name servers of Route 53 have let go of the records');
    }
    return { output: { forgetSeconds: OUR_TTL_SECONDS }, message: 'No name server answers with the records any more' };
  },
  elsewhere: async ({ record }) => {
    const told = enteredIn(record).filter((entry) => entry.for === 'traffic');
    const ttlSeconds = Math.max(OUR_TTL_SECONDS, ...told.map((entry) => entry.ttlSeconds));
    const forgetSeconds = Math.min(ttlSeconds, MAX_TTL_SECONDS);
    return { output: { forgetSeconds }, message: 'No name server answers with the records any more' };
  },
});
