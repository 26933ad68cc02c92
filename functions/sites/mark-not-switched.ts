import { readSiteItem } from '../../aws/ledger/read-site.ts';
import { Failure } from '../../domain/errors.ts';
import { inWords } from '../../domain/failover/maintenance-in-words.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import { notSwitched } from '../../domain/sites/life/end.ts';
import { isLive } from '../../domain/sites/life/states.ts';
import { writeOver } from '../shared/ledger/write-over.ts';
import { step } from '../shared/steps/step.ts';

/** The last step after a switch has failed and was put back: the site is live as before, with the reason. */
export const handler = step(
  'MarkNotSwitched',
  async ({ item, record, ledger, now }) => {
    const { reason } = outputOf(record, 'RevertSwitch');
    if (item.operation) {
      const done = notSwitched({ ...item, operation: item.operation }, { reason, now });
      // Another run of this same step may have been faster.
      const standing = (await writeOver(ledger, done, { over: item })) ? done : await readSiteItem(ledger, item.domain);
      if (standing?.revision !== item.revision || !isLive(standing)) throw ended(item.domain);
    } else if (!isLive(item)) {
      throw ended(item.domain);
    }
    return { output: { reason }, message: `Not switched: ${inWords(item)}. ${reason.message}` };
  },
  { alsoWhenEnded: true, looksOnly: true },
);

function ended(domain: string): Failure {
  return new Failure('Refused', `Cannot mark "${domain}" as put back: its operation has ended otherwise`);
}
