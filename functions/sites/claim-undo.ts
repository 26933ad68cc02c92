import { waitForLateInvocations } from '../../domain/ledger/late-invocations.ts';
import { hadBefore, ownResources } from '../../domain/ledger/released.ts';
import { ledgerStep } from '../shared/steps/step.ts';

/** The first step of an undo: it goes on only while its operation is the site's, and nothing else works on it any more. */
export const handler = ledgerStep('ClaimUndo', async ({ item, record, now }) => {
  waitForLateInvocations(item, now);
  // An undo that is tried again reports what the one before has removed too.
  const earlier = hadBefore(record);
  const added = ownResources(record).filter(
    ({ type, id }) => !earlier.some((one) => one.type === type && one.id === id),
  );
  return { output: { had: [...earlier, ...added] }, message: 'Nothing else works on the site' };
});
