import { needsResource } from '../../domain/edges/edge.ts';
import { inWords } from '../../domain/failover/maintenance-in-words.ts';
import { movesInside } from '../../domain/failover/moves-inside.ts';
import { waitForLateInvocations } from '../../domain/ledger/late-invocations.ts';
import { ledgerStep } from '../shared/steps/step.ts';

/** The first step of a switch: it goes on only while its operation is the site's, and tells which way the traffic moves. */
export const handler = ledgerStep('ClaimSwitch', async ({ site, item, now }) => {
  waitForLateInvocations(item, now);
  return {
    output: { movesInside: movesInside(site), hasBypass: needsResource(site, 'bypass') },
    message: `To be switched: ${inWords(item)}`,
  };
});
