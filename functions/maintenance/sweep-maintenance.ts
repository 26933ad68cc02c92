import type { Context } from 'aws-lambda';
import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { dueMaintenance } from '../../aws/ledger/maintenance.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';
import { alarmReader } from '../shared/maintenance/alarm-reader.ts';
import { followMaintenance } from '../shared/maintenance/follow-maintenance.ts';

/** Most sites that one sweep looks at; the others are due at the next one still. */
const MOST = 200;

/** What a look at one site may take: the last one has to end before Lambda ends the function. */
const NEEDED_MS = 8_000;

/**
 * Every five minutes: brings the sites whose maintenance is due to what is desired, whether or not an event told of it (failures F5, W9).
 * One that cannot be followed now does not keep the others.
 */
export const handler = loggingHandler<unknown, void>().handler(async (_, context: Context) => {
  const environment = readEnvironment();
  const ledger = openLedger(environment);
  const domains = await dueMaintenance(ledger, { now: new Date(), limit: MOST });
  for (const domain of domains) {
    if (context.getRemainingTimeInMillis() < NEEDED_MS) break;
    await followMaintenance({ ledger, environment, readAlarm: alarmReader, now: new Date() }, domain).catch(
      (error: Error) => logger.error('Cannot follow the maintenance of the site', { domain, error }),
    );
  }
});
