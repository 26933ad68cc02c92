import type { EventBridgeEvent } from 'aws-lambda';
import { classify } from '../../aws/classify.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { sitesOfAlarm } from '../../aws/ledger/alarm-sites.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';
import { alarmReader } from '../shared/maintenance/alarm-reader.ts';
import { followMaintenance } from '../shared/maintenance/follow-maintenance.ts';

type AlarmChanged = EventBridgeEvent<'CloudWatch Alarm State Change', { alarmName: string }>;

/**
 * The state of an alarm has changed, here or in us-east-1: the sites that have it are brought to what is desired now. The event is a hint:
 * the alarm itself is read, since a later event may have come before (failures W10).
 */
export const handler = loggingHandler<AlarmChanged, void>().handler(async ({ resources: [arn = ''] }) => {
  const environment = readEnvironment();
  const ledger = openLedger(environment);
  try {
    for (const domain of await sitesOfAlarm(ledger, arn)) {
      await followMaintenance({ ledger, environment, readAlarm: alarmReader, now: new Date() }, domain);
    }
  } catch (error) {
    throw classify(error) ?? error;
  }
});
