import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { readAlarm } from '../../../aws/alarms/read-alarm.ts';
import { client } from '../../../aws/clients.ts';
import type { ReadAlarm } from './follow-maintenance.ts';

/** Reads an alarm in its own region. */
export const alarmReader: ReadAlarm = (arn) => {
  const [, , , region = ''] = arn.split(':');
  return readAlarm(client(CloudWatchClient, { region }), arn);
};
