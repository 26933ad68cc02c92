import { SFNClient } from '@aws-sdk/client-sfn';
import type { EventBridgeEvent } from 'aws-lambda';
import { client } from '../../../aws/clients.ts';
import { readEnvironment } from '../../../aws/environment.ts';
import { type Ledger, openLedger } from '../../../aws/ledger/ledger.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { deleteToken, readToken } from '../../../aws/ledger/task-tokens.ts';
import { completeTask } from '../../../aws/workflows/complete-task.ts';
import { type CertificatePlace, HOME, PLACES } from '../../../domain/certificates/place.ts';
import { stepOf } from '../../../domain/ledger/outputs.ts';
import { logger } from '../logging/logger.ts';
import { loggingHandler } from '../logging/logging-handler.ts';
import { StepLog } from '../logging/step-log.ts';

export type CertificateAvailable = EventBridgeEvent<'ACM Certificate Available', { Action?: string }>;

/**
 * Lets the workflow go on that waits for a certificate. Events come late, twice and for certificates of others: nobody
 * waiting is nothing to do (failures W6, W8).
 */
async function run({ resources }: CertificateAvailable): Promise<void> {
  const ledger = openLedger(readEnvironment());
  for (const certificateArn of resources) await goOn(ledger, certificateArn);
}

async function goOn(ledger: Ledger, certificateArn: string): Promise<void> {
  const waiting = await readToken(ledger, certificateArn);
  if (!waiting) return;
  const { domain, revision, token, step } = waiting;
  const place = PLACES.find(({ wait }) => wait === step) ?? HOME;
  await tell(ledger, { domain, revision, certificateArn, place });
  const completed = await completeTask(client(SFNClient), { token, output: { certificateArn } });
  logger.info(completed ? 'The workflow goes on' : 'No workflow waits any more', { domain, revision, certificateArn });
  if (completed) await deleteToken(ledger, certificateArn);
}

/** Told before the workflow goes on: afterwards nothing comes back to tell it (failures W7). */
async function tell(
  ledger: Ledger,
  {
    domain,
    revision,
    certificateArn,
    place: { type, wait },
  }: { domain: string; revision: number; certificateArn: string; place: CertificatePlace },
): Promise<void> {
  const record = await readSite(ledger, domain);
  if (record?.item.revision !== revision || !record.item.operation) return;
  const log = new StepLog(ledger, record.item, { name: wait, previous: stepOf(record, wait) });
  await log.end({ output: { certificateArn }, message: `ACM has issued the ${type}` }, new Date());
}

export const certificateAvailable = loggingHandler<CertificateAvailable, void>().handler(run);
