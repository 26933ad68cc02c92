import { type CloudWatchClient, DescribeAlarmsCommand, ListAlarmMuteRulesCommand } from '@aws-sdk/client-cloudwatch';
import { ALARM_STATES, type AlarmReading } from '../../domain/failover/alarm.ts';

/** The name of an alarm, of its ARN: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:shop down". */
const nameOf = (arn: string): string => arn.split(':').slice(6).join(':');

/** An alarm as it is now; undefined when there is none. `cloudwatch` asks the region of the alarm. */
export async function readAlarm(cloudwatch: CloudWatchClient, arn: string): Promise<AlarmReading | undefined> {
  const name = nameOf(arn);
  const [{ MetricAlarms = [], CompositeAlarms = [] }, muted] = await Promise.all([
    cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] })),
    cloudwatch.send(new ListAlarmMuteRulesCommand({ AlarmName: name, Statuses: ['ACTIVE'] })),
  ]);
  const [metric] = MetricAlarms;
  const found = metric ?? CompositeAlarms[0];
  if (!found) return undefined;
  const state = ALARM_STATES.find((each) => each === found.StateValue) ?? 'INSUFFICIENT_DATA';
  const dataSince = startOf(found.StateReasonData);
  const since = found.StateTransitionedTimestamp ?? found.StateUpdatedTimestamp ?? new Date(0);
  return {
    state,
    since: since.toISOString(),
    ...(dataSince !== undefined && { dataSince }),
    // A composite alarm has no periods of its own: those below it have judged.
    badPeriods: metric ? (metric.DatapointsToAlarm ?? metric.EvaluationPeriods ?? 1) : Number.MAX_SAFE_INTEGER,
    periodSeconds: metric?.Period ?? 60,
    isMuted: found.ActionsEnabled === false || (muted.AlarmMuteRuleSummaries ?? []).length > 0,
  };
}

/**
 * "2026-11-30T12:31:00.000+0000" in the JSON of a reason, as ISO 8601 in UTC; undefined of any other: what SetAlarmState gives may be any JSON.
 * Source: CloudWatch User Guide, "Alarm events and EventBridge"; checked 2026-11-30.
 */
function startOf(reasonData: string | undefined): string | undefined {
  const [, start] = /"startDate":"([^"]+)"/.exec(reasonData ?? '') ?? [];
  const at = new Date((start ?? '').replace(/\+0000$/, 'Z'));
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
