import { SFNClient } from '@aws-sdk/client-sfn';
import { client } from '../aws/clients.ts';
import { readStateMachineArn } from '../aws/environment.ts';
import type { EndedOperation, Operation, SiteItem } from '../aws/ledger/items.ts';
import { type ExecutionStatus, executionStatus } from '../aws/workflows/execution-status.ts';
import { startExecution } from '../aws/workflows/start-execution.ts';
import { stopExecution } from '../aws/workflows/stop-execution.ts';
import { executionName, type OperationName } from '../domain/sites/execution-name.ts';

/**
 * The next operation of a site that stands, as it is to be written over it. Every operation has a revision of its own: it
 * is the fence that refuses the workers of the one before, and what names and tokens are derived from.
 */
export function nextOperation(
  over: SiteItem,
  {
    name,
    request,
    deletes,
    now,
  }: { name: OperationName; request?: string | undefined; deletes?: string[] | undefined; now: Date },
): SiteItem {
  const at = now.toISOString();
  const { operation: before, reason: _, request: __, ...site } = over;
  const revision = over.revision + 1;
  return {
    ...site,
    state: name === 'undo' ? 'undoing' : 'pending',
    revision,
    operation: {
      name,
      execution: executionName(over.domain, revision, name),
      startedAt: at,
      ...(request !== undefined && { request }),
      ...(deletes && { deletes }),
    },
    ...(request !== undefined && { request }),
    ...(before && { last: ended(before, now) }),
    updatedAt: at,
  };
}

/** Whether this very request asked for the operation that has ended: its answer was lost, and it isn't another one. */
export function isEndOf({ request }: SiteItem, key: string | undefined): boolean {
  return key !== undefined && request === key;
}

/** The operation as one that failed or was stopped. */
export function ended(operation: Operation, now: Date): EndedOperation {
  return { ...operation, endedAt: now.toISOString() };
}

/** Starts the workflow of the site's operation. Started already, it is left alone. */
export async function startOperation({ domain, revision, operation }: SiteItem): Promise<void> {
  if (!operation) throw new Error(`Cannot start the workflow for "${domain}": it has no operation`);
  await startExecution(client(SFNClient), {
    stateMachineArn: readStateMachineArn(operation.name),
    name: operation.execution,
    input: { domain, revision },
  });
}

/** How the workflow of an operation stands. */
export function operationStatus({ name, execution }: Operation): Promise<ExecutionStatus> {
  return executionStatus(client(SFNClient), { stateMachineArn: readStateMachineArn(name), name: execution });
}

/** Stops the workflow of an operation that has ended in the ledger already: no worker of it may go on. */
export function stopOperation({ name, execution }: Operation): Promise<void> {
  const cause = 'Stopped on request';
  return stopExecution(client(SFNClient), { stateMachineArn: readStateMachineArn(name), name: execution, cause });
}
