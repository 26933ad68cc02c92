import { classify } from '../../aws/classify.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';
import { alarmReader } from '../shared/maintenance/alarm-reader.ts';
import { followMaintenance } from '../shared/maintenance/follow-maintenance.ts';

/** What a schedule hands over. */
interface DueEvent {
  domain: string;
}

/**
 * EventBridge Scheduler calls it when a window begins or ends, or when what was asked for or an alarm asks for is due: the site is
 * brought to what is desired now. A call that comes twice or too late changes nothing.
 */
export const handler = loggingHandler<DueEvent, void>().handler(async ({ domain }) => {
  logger.appendKeys({ domain });
  const environment = readEnvironment();
  const following = { ledger: openLedger(environment), environment, readAlarm: alarmReader, now: new Date() };
  try {
    await followMaintenance(following, domain);
  } catch (error) {
    throw classify(error) ?? error;
  }
});
