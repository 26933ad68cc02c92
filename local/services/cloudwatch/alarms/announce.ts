import type { Host } from '../../../host.ts';
import type { Dispatch } from '../../../wire/service.ts';
import type { Mute, MuteRules } from '../mute-rules/mute-rules.ts';
import type { Alarm } from './alarm.ts';
import { metricsOf } from './configuration-event.ts';
import type { OnStateChange, PreviousState } from './evaluating.ts';
import { notificationOf } from './notification.ts';
import { awsTimestamp } from './reason.ts';
import { regionName } from './region-name.ts';

/** Tells of a changed state: the event on the default bus, and the alarm's actions for the new state unless a rule mutes them. */
export const announcer =
  (host: Host, { dispatch, mutes }: { dispatch: Dispatch; mutes: MuteRules }): OnStateChange =>
  (alarm, previous) => {
    const mute = mutes.of(alarm, host.clock.now());
    host.emit({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      region: alarm.region,
      resources: [alarm.arn],
      detail: detailOf(alarm, previous, mute),
    });
    const { ActionsEnabled, AlarmActions, OKActions, InsufficientDataActions } = alarm.settings;
    if (ActionsEnabled === false || mute) return;
    const actions = { ALARM: AlarmActions, OK: OKActions, INSUFFICIENT_DATA: InsufficientDataActions }[alarm.state];
    for (const arn of actions ?? []) host.clock.after(0, () => act(host, dispatch, { alarm, previous, arn }));
  };

// Source: CloudWatch User Guide, "Alarm events and EventBridge"; checked 2026-11-30.
const detailOf = (alarm: Alarm, previous: PreviousState, mute?: Mute): object => ({
  alarmName: alarm.settings.AlarmName,
  state: stateOf(alarm),
  previousState: stateOf(previous),
  configuration: {
    ...(alarm.settings.AlarmDescription !== undefined && { description: alarm.settings.AlarmDescription }),
    metrics: metricsOf(alarm),
  },
  ...(mute && {
    muteDetail: {
      mutedByArn: mute.arn,
      muteWindowStart: awsTimestamp(mute.start),
      muteWindowEnd: awsTimestamp(mute.end),
    },
  }),
});

const stateOf = ({ state, reason, reasonData, stateAt }: PreviousState): object => ({
  value: state,
  reason,
  ...(reasonData !== undefined && { reasonData }),
  timestamp: awsTimestamp(stateAt),
});

/** A topic or a function is told; an action that fails is gone, as on AWS. */
async function act(
  host: Host,
  dispatch: Dispatch,
  { alarm, previous, arn }: { alarm: Alarm; previous: PreviousState; arn: string },
): Promise<void> {
  const region = arn.split(':')[3] || alarm.region;
  try {
    if (arn.startsWith('arn:aws:sns:')) {
      const principal = { arn: alarm.arn, service: 'cloudwatch.amazonaws.com', sourceArn: alarm.arn };
      const input = {
        TopicArn: arn,
        Subject: `${alarm.state}: "${alarm.settings.AlarmName}" in ${regionName(alarm.region)}`.slice(0, 100),
        Message: JSON.stringify(notificationOf(host, alarm, previous)),
      };
      await dispatch({ service: 'sns', operation: 'Publish', input, principal, region });
      return;
    }
    const principal = { arn: alarm.arn, service: 'lambda.alarms.cloudwatch.amazonaws.com', sourceArn: alarm.arn };
    const event = {
      source: 'aws.cloudwatch',
      alarmArn: alarm.arn,
      accountId: host.account,
      time: awsTimestamp(alarm.stateAt),
      region: alarm.region,
      alarmData: detailOf(alarm, previous),
    };
    const input = { FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event)) };
    await dispatch({ service: 'lambda', operation: 'Invoke', input, principal, region });
  } catch (error) {
    if (typeof (error as { code?: unknown }).code !== 'string') throw error;
  }
}
