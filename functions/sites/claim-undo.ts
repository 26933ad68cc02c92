import { waitForLateInvocations } from '../../domain/ledger/late-invocations.ts';
import { ledgerStep } from '../shared/steps/step.ts';

/** The first step of an undo: it goes on only while its operation is the site's, and nothing else works on it any more. */
export const handler = ledgerStep('ClaimUndo', async ({ item, now }) => {
  waitForLateInvocations(item, now);
  return { output: {}, message: 'Nothing else works on the site' };
});
