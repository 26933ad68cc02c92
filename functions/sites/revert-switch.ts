import { needsResource } from '../../domain/edges/edge.ts';
import { Failure } from '../../domain/errors.ts';
import { inWords } from '../../domain/failover/maintenance-in-words.ts';
import { movesInside } from '../../domain/failover/moves-inside.ts';
import { puttingBack } from '../../domain/sites/life/end.ts';
import { type CaughtError, reasonOf } from '../../domain/sites/reason.ts';
import { writeOver } from '../shared/ledger/write-over.ts';
import { ledgerStep, type StepEvent } from '../shared/steps/step.ts';
import { stopSteps } from '../shared/steps/stop-steps.ts';

/** What the workflow hands over beside the site: the error that came out of it. */
interface RevertEvent extends StepEvent {
  error: CaughtError;
}

/** The first step after a switch has failed: from now on the former maintenance of the site is desired, and its traffic is put back. */
export const handler = ledgerStep<'RevertSwitch', RevertEvent>('RevertSwitch', async (context) => {
  const { event, site, item, record, previous, ledger, now } = context;
  const { domain, revision, operation } = item;
  if (!operation) throw new Error(`Cannot put the switch of "${domain}" back: its operation has ended`);
  const steps = record.steps.filter((step) => step.revision === revision && step.name !== 'RevertSwitch');
  const reason = previous?.output?.reason ?? reasonOf(event.error, steps, { again: 'ask for the switch again' });
  const back = puttingBack({ ...item, operation }, now);
  if (!(await writeOver(ledger, back, { over: item }))) {
    throw new Failure(
      'Throttled',
      `Cannot put the switch of "${domain}" back: another request is writing it; try again`,
    );
  }
  await stopSteps(ledger, { ...record, steps }, { reason, now });
  return {
    output: { movesInside: movesInside(site), hasBypass: needsResource(site, 'bypass'), reason },
    message: `The switch failed at ${reason.step} and is put back: ${inWords(back)}`,
  };
});
