import { type CloudWatchClient, DeleteAlarmsCommand, UntagResourceCommand } from '@aws-sdk/client-cloudwatch';
import { isCode } from '../error-code.ts';

/** Deletes an alarm, if it is still there. */
export async function deleteAlarm(cloudwatch: CloudWatchClient, name: string): Promise<void> {
  try {
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [name] }));
  } catch (error) {
    if (!isCode(error, 'ResourceNotFound')) throw error;
  }
}

/** Takes tags off an alarm, by their keys, if it is still there. */
export async function untagAlarm(
  cloudwatch: CloudWatchClient,
  { arn, keys }: { arn: string; keys: string[] },
): Promise<void> {
  try {
    await cloudwatch.send(new UntagResourceCommand({ ResourceARN: arn, TagKeys: keys }));
  } catch (error) {
    if (!isCode(error, 'ResourceNotFound')) throw error;
  }
}
