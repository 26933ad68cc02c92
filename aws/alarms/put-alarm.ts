import { type CloudWatchClient, PutMetricAlarmCommand, type PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { tagList } from '../tags.ts';

/** Creates an alarm, or changes the one of that name, whose state and tags stay. */
export async function putAlarm(
  cloudwatch: CloudWatchClient,
  { tags = {}, ...alarm }: PutMetricAlarmInput & { tags?: Readonly<Record<string, string>> },
): Promise<void> {
  const Tags = tagList(tags);
  await cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, ...(Tags.length > 0 && { Tags }) }));
}
