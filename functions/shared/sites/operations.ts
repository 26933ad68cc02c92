import { SFNClient } from '@aws-sdk/client-sfn';
import { client } from '../../../aws/clients.ts';
import { readStateMachineArn } from '../../../aws/environment.ts';
import { type ExecutionStatus, executionStatus } from '../../../aws/workflows/execution-status.ts';
import { startExecution } from '../../../aws/workflows/start-execution.ts';
import { stopExecution } from '../../../aws/workflows/stop-execution.ts';
import type { EndedOperation, Operation } from '../../../domain/ledger/operation.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { executionName, type OperationName } from '../../../domain/sites/execution-name.ts';
import type { Site, SiteState } from '../../../domain/sites/site.ts';

/** What an operation may do: see approvedRemoval() and checkSilence(). */
type Approved = Pick<Operation, 'deletes' | 'retains' | 'loses' | 'silences'>;

/** Where a site stands while an operation runs: one that never was live is still on its way there, whatever is changed. */
function stateIn(name: OperationName, { live }: { live?: Site }): SiteState {
  if (name === 'undo') return 'undoing';
  return name === 'change' && live ? 'changing' : 'pending';
}

interface Begun {
  name: OperationName;
  /** The Idempotency-Key of the request that asked for it, hashed. */
  request?: string | undefined;
  /** The ARN of the caller that asked for it; undefined for what follows by itself. */
  by?: string | undefined;
  /** What it may delete, retain and let fall silent, where its request was judged by that. */
  approved?: Approved | undefined;
  now: Date;
}

/** The first operation of a site, or the first one after its undo: nothing of that life counts any more but its revision. */
export function firstOperation(
  site: Site,
  { over, ...begun }: Begun & { over: Pick<SiteItem, 'revision' | 'last'> | undefined },
): SiteItem {
  const at = begun.now.toISOString();
  const standing = { domain: site.domain, revision: over?.revision ?? 0 };
  return { site, ...next(standing, begun), ...(over?.last && { last: over.last }), createdAt: at };
}

/**
 * The next operation of a site that stands, as it is to be written over it. Every operation has a revision of its own: it
 * is the fence that refuses the workers of the one before, and what names and tokens are derived from.
 */
export function nextOperation(over: SiteItem, begun: Begun): SiteItem {
  const { operation: before, reason: _, request: __, ...site } = over;
  return { ...site, ...next(over, begun), ...(before && { last: ended(before, begun.now) }) };
}

function next(
  over: Pick<SiteItem, 'domain' | 'revision' | 'live'>,
  { name, request, by, approved: { deletes, retains, loses, silences } = {}, now }: Begun,
): Pick<SiteItem, 'domain' | 'state' | 'revision' | 'request' | 'updatedAt'> & { operation: Operation } {
  const at = now.toISOString();
  const { domain } = over;
  const revision = over.revision + 1;
  const execution = executionName(domain, revision, name);
  const operation = {
    name,
    execution,
    startedAt: at,
    ...(request !== undefined && { request }),
    ...(by !== undefined && { by }),
    ...(deletes && { deletes }),
    ...(retains?.length && { retains }),
    ...(loses?.length && { loses }),
    ...(silences !== undefined && { silences }),
  };
  const asked = request !== undefined && { request };
  return { domain, state: stateIn(name, over), revision, operation, ...asked, updatedAt: at };
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
