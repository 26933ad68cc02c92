import { SFNClient } from '@aws-sdk/client-sfn';
import { client } from '../../../aws/clients.ts';
import { readStateMachineArn } from '../../../aws/environment.ts';
import { deployedDefinition } from '../../../aws/workflows/deployed-definition.ts';
import { type ExecutionStatus, executionStatus } from '../../../aws/workflows/execution-status.ts';
import { startExecution } from '../../../aws/workflows/start-execution.ts';
import { stopExecution } from '../../../aws/workflows/stop-execution.ts';
import type { Operation } from '../../../domain/ledger/operation.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { factsOf } from '../../../domain/sites/life/operations.ts';

/** Starts the workflow of the site's operation. Started already, it is left alone. */
export async function startOperation({ domain, revision, operation }: SiteItem): Promise<void> {
  if (!operation) throw new Error(`Cannot start the workflow for "${domain}": it has no operation`);
  await startExecution(client(SFNClient), {
    stateMachineArn: stateMachineOf(operation),
    name: operation.execution,
    input: { domain, revision },
  });
}

/** How the workflow of an operation stands. */
export function operationStatus(operation: Operation): Promise<ExecutionStatus> {
  return executionStatus(client(SFNClient), { stateMachineArn: stateMachineOf(operation), name: operation.execution });
}

/** The definition that the operation's workflow has now, as text. */
export function operationDefinition(operation: Operation): Promise<string> {
  return deployedDefinition(client(SFNClient), stateMachineOf(operation));
}

/** Stops the workflow of an operation that has ended in the ledger already: no worker of it may go on. */
export function stopOperation(operation: Operation, cause = 'Stopped on request'): Promise<void> {
  const execution = { stateMachineArn: stateMachineOf(operation), name: operation.execution };
  return stopExecution(client(SFNClient), { ...execution, cause });
}

const stateMachineOf = (operation: Operation): string => readStateMachineArn(factsOf(operation).workflow);
