import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { EventBridgeEvent } from 'aws-lambda';
import { client } from '../../aws/clients.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { putEvent } from '../../aws/events/put-event.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import { Failure } from '../../domain/errors.ts';
import { undoTarget } from '../../domain/sites/life/standing.ts';
import { stoppedReason } from '../../domain/sites/reason.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';
import { holdSite } from '../shared/sites/hold-site.ts';

type WorkflowEnded = EventBridgeEvent<
  'Step Functions Execution Status Change',
  { name: string; status: 'ABORTED' | 'TIMED_OUT' | 'FAILED'; input: string | null }
>;

/**
 * Holds the site of a workflow that ended and could not say so itself: it was stopped in the console, it ran out of
 * time, or its last step failed too. One that did say so is no longer the site's, and nothing is to be done.
 */
async function run({ detail: { name, status, input } }: WorkflowEnded): Promise<void> {
  const { domain } = JSON.parse(input ?? '{}') as { domain?: string };
  const environment = readEnvironment();
  const ledger = openLedger(environment);
  const record = domain === undefined ? undefined : await readSite(ledger, domain);
  const operation = record?.item.operation;
  if (!record || operation?.execution !== name) return;
  const { revision } = record.item;
  const reason = stoppedReason(status, {
    steps: record.steps.filter((step) => step.revision === revision),
    to: undoTarget(record.item),
    operation: operation.name,
  });
  logger.warn(reason.message, { domain, revision, step: reason.step });
  const detail = { domain, revision, reason };
  await putEvent(client(EventBridgeClient), { bus: environment.eventBusName, detailType: 'Site Failed', detail });
  if (await holdSite(ledger, record, { operation, reason, now: new Date() })) return;
  throw new Failure('Throttled', `Cannot hold "${domain}": another request is writing it; try again`);
}

export const handler = loggingHandler<WorkflowEnded, void>().handler(run);
