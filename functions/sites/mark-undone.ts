import { readSiteItem } from '../../aws/ledger/read-site.ts';
import { Failure } from '../../domain/errors.ts';
import { leftBy, leftInWords } from '../../domain/ledger/left-by.ts';
import { releasedOf } from '../../domain/ledger/released.ts';
import { keptOf } from '../../domain/removal/kept.ts';
import { leavesZone } from '../../domain/sites/claim-standing.ts';
import { succeeded } from '../../domain/sites/life/end.ts';
import { isDeclared } from '../../domain/sites/life/states.ts';
import { ownNames } from '../../domain/sites/own-names.ts';
import { writeOver } from '../shared/ledger/write-over.ts';
import { endMaintenance } from '../shared/maintenance/end-maintenance.ts';
import { giveUpName } from '../shared/sites/claim-names.ts';
import { step } from '../shared/steps/step.ts';

/**
 * The last step of an undo: the names are free, and the site is undone; it says what stands still, and why. The domain stays
 * claimed while its hosted zone is left: the world may still be sent to it (failures S1, S2).
 */
export const handler = step(
  'MarkUndone',
  async ({ item, record, ledger, now }) => {
    const left = leftBy(record);
    const keeps = [...(item.kept ?? []), ...keptOf(item.operation?.keeps, releasedOf(record))];
    if (item.operation) {
      await endMaintenance(ledger, item);
      // Before the site: it cannot be declared anew while its operation runs, so no newer claim is dropped.
      const kept = leavesZone({ left }) ? item.domain : undefined;
      for (const name of ownNames(item)) {
        if (name !== kept) await giveUpName(ledger, { name, domain: item.domain });
      }
      const undone = succeeded({ ...item, operation: item.operation }, { left, keeps, now });
      // Another run of this same step may have been faster.
      if (!(await writeOver(ledger, undone, { over: item }))) {
        const standing = await readSiteItem(ledger, item.domain);
        if (standing?.revision !== item.revision || isDeclared(standing)) throw ended(item.domain);
      }
    } else if (isDeclared(item)) {
      throw ended(item.domain);
    }
    const message = left.length > 0 ? `Undone, except for ${leftInWords(left)}` : 'Undone: nothing of it is left';
    return { output: {}, message };
  },
  { alsoWhenEnded: true, looksOnly: true },
);

function ended(domain: string): Failure {
  return new Failure('Refused', `Cannot mark "${domain}" undone: its operation has ended otherwise`);
}
