import { classify } from '../../aws/classify.ts';
import { readEnvironment, readWorkflowVersion } from '../../aws/environment.ts';
import { type Ledger, openLedger } from '../../aws/ledger/ledger.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import { writeTimeline } from '../../aws/ledger/write-timeline.ts';
import { Failure } from '../../domain/errors.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { executionName } from '../../domain/sites/execution-name.ts';
import { adviceWhenFailed } from '../../domain/sites/life/advice.ts';
import { failed, isUndoneWhenFailed } from '../../domain/sites/life/end.ts';
import { isFollowedByUndo } from '../../domain/sites/life/states.ts';
import { isOutage } from '../../domain/sites/outage.ts';
import type { FailureReason } from '../../domain/sites/reason.ts';
import { type CaughtError, reasonOf } from '../../domain/sites/reason.ts';
import { isSuperseded } from '../../domain/sites/superseded.ts';
import { writeOver } from '../shared/ledger/write-over.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';
import { continueOperation } from '../shared/sites/continue-operation.ts';
import { readSwitch } from '../shared/sites/kill-switch.ts';
import { startOperation } from '../shared/sites/operations.ts';
import { beginUndo } from '../shared/sites/undoing.ts';
import type { StepEvent } from '../shared/steps/step.ts';
import { stopSteps } from '../shared/steps/stop-steps.ts';

/** What the workflow hands over: the site, and the error that came out of it. */
export interface FailedEvent extends StepEvent {
  error: CaughtError;
}

/**
 * The workflow's last step when something failed: its operation has ended, with the reason and the fix. The site is held
 * where it stands; one whose failed onboarding is to be undone is failed, and its undo begins, unless all changes are
 * stopped. Answers with the reason. An operation that an earlier version's workflow ran has not failed: it begins again under
 * the present one. So this function and its event stay as they are from version to version.
 */
export const handler = loggingHandler<FailedEvent, FailureReason>().handler(async (event) => {
  const now = new Date();
  const ledger = openLedger(readEnvironment());
  try {
    if (isSuperseded(event, readWorkflowVersion())) return await continueOperation(ledger, event, now);
    const item = await fail(ledger, event, now);
    await goOn(ledger, item, now);
    return item.reason;
  } catch (wrong) {
    throw classify(wrong) ?? wrong;
  }
});

type FailedSite = SiteItem & { reason: FailureReason };

async function fail(ledger: Ledger, { domain, revision, error }: FailedEvent, now: Date): Promise<FailedSite> {
  const record = await readSite(ledger, domain);
  const item = record?.item;
  if (!item || (item.revision !== revision && !isUndoOf(item, revision))) {
    throw new Failure('Refused', `Cannot mark revision ${revision} of "${domain}" failed: it is not the current one`);
  }
  if (!item.operation || item.revision !== revision) {
    if (item.reason) return { ...item, reason: item.reason };
    throw new Failure('Refused', `Cannot mark "${domain}" failed: its operation has ended otherwise`);
  }
  const running = { ...item, operation: item.operation };
  const isUndone = isUndoneWhenFailed(running) && !(await isFrozen(error, now));
  const again = adviceWhenFailed(item.operation.name, { isUndone });
  const reason = reasonOf(
    error,
    record.steps.filter((step) => step.revision === revision),
    { again },
  );
  logger.warn(reason.message, { domain, revision, step: reason.step, failure: reason.error });
  await stopSteps(ledger, record, { reason, now });
  const marked = failed(running, { reason, isUndone, now });
  if (!(await writeOver(ledger, marked, { over: item }))) {
    throw new Failure('Throttled', `Cannot mark "${domain}" failed: another request is writing it; try again`);
  }
  await writeTimeline(ledger, domain, {
    id: `${revision}-failed`,
    at: marked.updatedAt,
    message: `Failed at ${reason.step}`,
  });
  return marked;
}

/**
 * Whether nothing may be changed: AWS did not answer, all changes are stopped, or were when the operation failed of it, or the
 * names are no longer proven to be the claimant's (failures S3). Then nothing is taken back unasked.
 */
async function isFrozen({ Error: name }: CaughtError, now: Date): Promise<boolean> {
  return (
    isOutage(name) ||
    name === 'Stopped' ||
    name === 'Unproven' ||
    (await readSwitch(readEnvironment(), now)) !== undefined
  );
}

/** Whether the site's operation is the one that followed on the failure of that revision. */
function isUndoOf({ revision: current, last, domain }: SiteItem, revision: number): boolean {
  return (
    current === revision + 1 && last !== undefined && last.execution === executionName(domain, revision, last.name)
  );
}

/** Begins the undo of a failed site. One that was begun by a worker that died may have to be started still. */
async function goOn(ledger: Ledger, item: FailedSite, now: Date): Promise<void> {
  if (item.operation) return startOperation(item);
  if (isFollowedByUndo(item)) await beginUndo(ledger, item, { now, why: `${item.reason.step} failed` });
}
