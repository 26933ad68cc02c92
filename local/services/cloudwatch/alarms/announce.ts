import type { Host } from '../../../host.ts';
import type { Dispatch } from '../../../wire/service.ts';
import type { Mute, MuteRules } from '../mute-rules/mute-rules.ts';
import type { Alarm } from './alarm.ts';
import { metricsOf } from './configuration-event.ts';
import type { OnStateChange, PreviousState } from './evaluating.ts';
import type { AlarmHistory } from './history.ts';
import { notificationOf } from './notification.ts';
import { awsTimestamp } from './reason.ts';
import { regionName } from './region-name.ts';

interface Around {
  dispatch: Dispatch;
  mutes: MuteRules;
  history: AlarmHistory;
}

/** Tells of a changed state: the event on the default bus, and the alarm's actions for the new state unless a rule mutes them. */
export const announcer =
  (host: Host, around: Around): OnStateChange =>
  (alarm, previous) => {
    const { mutes, history } = around;
    history.changed(alarm, previous);
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
    for (const arn of actions ?? []) host.clock.after(0, () => act(host, around, { alarm, previous, arn }));
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

/** Publishes to the topic, or invokes the function. Where that fails, only the alarm's history says so. */
async function act(
  host: Host,
  { dispatch, history }: Around,
  { alarm, previous, arn }: { alarm: Alarm; previous: PreviousState; arn: string },
): Promise<void> {
  // The alarm may have changed again before the action is over.
  const then = { ...alarm };
  const isTopic = arn.startsWith('arn:aws:sns:');
  const message = JSON.stringify(isTopic ? notificationOf(host, then, previous) : invocationOf(host, then, previous));
  const published = isTopic ? { published: message } : {};
  try {
    await dispatch({ ...(isTopic ? publish : invoke)(then, arn, message), region: arn.split(':')[3] || alarm.region });
    history.acted(then, { arn, ...published });
  } catch (error) {
    const { code, message: said } = error as { code?: unknown; message?: string };
    if (typeof code !== 'string') throw error;
    history.acted(then, { arn, ...published, error: refusalOf(said ?? code) });
  }
}

type Told = Omit<Parameters<Dispatch>[0], 'region'>;

const publish = (alarm: Alarm, TopicArn: string, Message: string): Told => ({
  service: 'sns',
  operation: 'Publish',
  input: {
    TopicArn,
    Subject: `${alarm.state}: "${alarm.settings.AlarmName}" in ${regionName(alarm.region)}`.slice(0, 100),
    Message,
  },
  principal: { arn: alarm.arn, service: 'cloudwatch.amazonaws.com', sourceArn: alarm.arn },
});

const invoke = (alarm: Alarm, FunctionName: string, event: string): Told => ({
  service: 'lambda',
  operation: 'Invoke',
  input: { FunctionName, InvocationType: 'Event', Payload: Buffer.from(event) },
  principal: { arn: alarm.arn, service: 'lambda.alarms.cloudwatch.amazonaws.com', sourceArn: alarm.arn },
});

const invocationOf = (host: Host, alarm: Alarm, previous: PreviousState): object => ({
  source: 'aws.cloudwatch',
  alarmArn: alarm.arn,
  accountId: host.account,
  time: awsTimestamp(alarm.stateAt),
  region: alarm.region,
  alarmData: detailOf(alarm, previous),
});

/** A service that is not let in goes by a name of its own there. Source: reports of "Failed to execute action"; checked 2026-11-30. */
const refusalOf = (message: string): string =>
  message.replace(/^User: (?:lambda\.alarms\.)?cloudwatch\.amazonaws\.com is/, 'CloudWatch Alarms is');
