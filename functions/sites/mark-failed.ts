import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { classify } from '../../aws/classify.ts';
import { readEnvironment } from '../../aws/environment.ts';
import type { Reason, StepItem } from '../../aws/ledger/items.ts';
import { type Ledger, openLedger } from '../../aws/ledger/ledger.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import { writeSite } from '../../aws/ledger/write-site.ts';
import { writeStep } from '../../aws/ledger/write-step.ts';
import { writeTimeline } from '../../aws/ledger/write-timeline.ts';
import { Failure } from '../../domain/errors.ts';
import { type CaughtError, reasonOf } from '../../domain/sites/reason.ts';
import { logger } from '../logger.ts';
import type { StepEvent } from '../step.ts';

/** What the workflow hands over: the site, and the error that came out of it. */
export interface FailedEvent extends StepEvent {
  error: CaughtError;
}

/**
 * The workflow's last step when something failed: the site is failed, with the reason and the fix, and its operation has
 * ended. What was made stays in sight, in the steps. Answers with the reason.
 */
export const handler = middy<FailedEvent, Reason>()
  .use(injectLambdaContext(logger, { resetKeys: true, logEvent: false }))
  .handler(async ({ domain, revision, error }) => {
    const now = new Date();
    try {
      return await fail(openLedger(readEnvironment()), { domain, revision, error }, now);
    } catch (wrong) {
      throw classify(wrong) ?? wrong;
    }
  });

async function fail(ledger: Ledger, { domain, revision, error }: FailedEvent, now: Date): Promise<Reason> {
  const record = await readSite(ledger, domain);
  const item = record?.item;
  if (!item || item.revision !== revision) {
    throw new Failure('Refused', `Cannot mark revision ${revision} of "${domain}" failed: it is not the current one`);
  }
  if (!item.operation) {
    if (item.reason) return item.reason;
    throw new Failure('Refused', `Cannot mark "${domain}" failed: its operation has ended otherwise`);
  }
  const steps = record.steps.filter((step) => step.revision === revision);
  const reason = reasonOf(error, steps);
  logger.warn(reason.message, { domain, revision, step: reason.step, failure: reason.error });
  for (const step of steps) await settle(ledger, step, { domain, reason, now });
  const at = now.toISOString();
  const { operation: _, ...site } = item;
  if (!(await writeSite(ledger, { ...site, state: 'failed', reason, updatedAt: at }, { over: item }))) {
    throw new Failure('Throttled', `Cannot mark "${domain}" failed: somebody else is writing it; try again`);
  }
  await writeTimeline(ledger, domain, { id: `${revision}-failed`, at, message: `Failed at ${reason.step}` });
  return reason;
}

/** What still ran or waited beside the step that failed was stopped with it. */
async function settle(
  ledger: Ledger,
  step: StepItem,
  { domain, reason, now }: { domain: string; reason: Reason; now: Date },
): Promise<void> {
  if (step.state !== 'running' && step.state !== 'waiting') return;
  const message = step.name === reason.step ? reason.message : `Stopped, because ${reason.step} failed`;
  const { waitingFor: _, ...rest } = step;
  await writeStep(ledger, domain, { ...rest, state: 'failed', endedAt: now.toISOString(), message });
}
