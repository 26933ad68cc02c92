import { readWorkflowVersion } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import { Failure } from '../../../domain/errors.ts';
import type { Operation } from '../../../domain/ledger/operation.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { executionName } from '../../../domain/sites/execution-name.ts';
import { continued } from '../../../domain/sites/life/begin.ts';
import { type FailureReason, supersededReason } from '../../../domain/sites/reason.ts';
import { writeOver } from '../ledger/write-over.ts';
import type { StepEvent } from '../steps/step.ts';
import { stopSteps } from '../steps/stop-steps.ts';
import { operationDefinition, startOperation, stopOperation } from './operations.ts';

/**
 * Lets an operation that a former workflow runs begin again under the next revision, with the workflow that is deployed now: steps
 * that are done make no mutating call. The former execution is stopped, which this call does not outlast when it is one of its
 * tasks. A worker that died in between is continued by the next one.
 *
 * @throws {Failure} "Throttled" while the state machine is not updated yet, "Refused" where the operation has ended
 */
export async function continueOperation(
  ledger: Ledger,
  { domain, revision }: StepEvent,
  now: Date,
): Promise<FailureReason> {
  const record = await readSite(ledger, domain);
  const former = record && operationOf(record.item, revision);
  if (!record || !former) {
    throw new Failure('Refused', `Cannot continue revision ${revision} of "${domain}": its operation has ended`);
  }
  await checkDeployed(former);
  const reason = supersededReason(record.steps.filter((step) => step.revision === revision));
  const site = record.item.revision === revision ? await begin(ledger, record, { reason, now }) : record.item;
  await startOperation(site);
  await stopOperation(former, reason.message);
  return reason;
}

/** The operation of that revision, as long as it runs or is the one before the one that runs. */
function operationOf(
  { domain, revision: current, operation, last }: SiteItem,
  revision: number,
): Operation | undefined {
  if (current === revision) return operation;
  if (current !== revision + 1 || !operation || !last) return undefined;
  return last.execution === executionName(domain, revision, last.name) ? last : undefined;
}

/** CloudFormation updates the functions before the state machines. */
async function checkDeployed(former: Operation): Promise<void> {
  const version = readWorkflowVersion();
  const definition = await operationDefinition(former);
  if (version !== undefined && definition.includes(version)) return;
  throw new Failure('Throttled', 'The state machine of this version is not deployed yet');
}

async function begin(
  ledger: Ledger,
  record: SiteRecord,
  { reason, now }: { reason: FailureReason; now: Date },
): Promise<SiteItem> {
  const { operation, ...item } = record.item;
  if (!operation) throw new Error(`Cannot continue "${item.domain}": it has no operation`);
  const next = continued({ ...item, operation }, now);
  await stopSteps(ledger, record, { reason, now });
  if (!(await writeOver(ledger, next, { over: record.item }))) {
    throw new Failure('Throttled', `Cannot continue "${item.domain}": another request is writing it; try again`);
  }
  const entry = { id: `${next.revision}-continued`, at: next.updatedAt, message: reason.message };
  await writeTimeline(ledger, item.domain, entry);
  return next;
}
