import type {
  DeleteAlarmsInput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  DisableAlarmActionsInput,
  MetricAlarm,
  SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { invalidValue } from '../errors.ts';
import type { Alarm } from './alarm.ts';
import type { Alarms } from './alarms.ts';
import type { Evaluating } from './evaluating.ts';

/** Source: CloudWatch API Reference, "DescribeAlarms"; checked 2026-11-22. */
const MOST = 100;
const STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;

export const describeAlarms = (alarms: Alarms): Operation<DescribeAlarmsInput, DescribeAlarmsOutput> => ({
  resources: ({ AlarmNames }, { region }) =>
    (AlarmNames?.length ? AlarmNames : ['*']).map((name) => alarms.arn(name, region)),
  run(input, { region }) {
    const { AlarmNames, AlarmNamePrefix, StateValue, ActionPrefix, AlarmTypes, MaxRecords = 50 } = input;
    if (MaxRecords < 1 || MaxRecords > MOST) throw invalidValue(`MaxRecords must be between 1 and ${MOST}.`);
    const found = alarms
      .of(region)
      .filter(
        ({ settings, state }) =>
          (!AlarmNames?.length || AlarmNames.includes(settings.AlarmName)) &&
          settings.AlarmName.startsWith(AlarmNamePrefix ?? '') &&
          (StateValue === undefined || StateValue === state) &&
          (ActionPrefix === undefined || settings.AlarmActions?.some((arn) => arn.startsWith(ActionPrefix))) &&
          (!AlarmTypes?.length || AlarmTypes.includes('MetricAlarm')),
      )
      .sort((a, b) => a.settings.AlarmName.localeCompare(b.settings.AlarmName));
    const start = Number(input.NextToken ?? 0);
    const end = start + MaxRecords;
    return {
      MetricAlarms: found.slice(start, end).map(described),
      CompositeAlarms: [],
      ...(end < found.length && { NextToken: String(end) }),
    };
  },
});

const described = ({ settings, arn, state, reason, stateAt, updatedAt }: Alarm): MetricAlarm => ({
  OKActions: [],
  AlarmActions: [],
  InsufficientDataActions: [],
  Dimensions: [],
  ...settings,
  AlarmArn: arn,
  AlarmConfigurationUpdatedTimestamp: updatedAt,
  StateValue: state,
  StateReason: reason,
  StateUpdatedTimestamp: stateAt,
  StateTransitionedTimestamp: stateAt,
});

/** Deletes alarms; none of them when one isn't there. */
export const deleteAlarms = (alarms: Alarms): Operation<DeleteAlarmsInput, object> => ({
  resources: ({ AlarmNames }, { region }) => (AlarmNames ?? []).map((name) => alarms.arn(name, region)),
  run({ AlarmNames }, { region }) {
    const found = (AlarmNames ?? []).flatMap((name) => alarms.find(name, region) ?? []);
    for (const alarm of found) alarms.delete(alarm);
    return {};
  },
});

/** Puts an alarm into a state by hand, until the next evaluation sees it otherwise. */
export const setAlarmState = (alarms: Alarms, evaluating: Evaluating): Operation<SetAlarmStateInput, object> => ({
  resources: ({ AlarmName = '' }, { region }) => [alarms.arn(AlarmName, region)],
  run({ AlarmName = '', StateValue, StateReason = '' }, { region }) {
    const alarm = alarms.find(AlarmName, region);
    if (!alarm) throw new AwsError('ResourceNotFound', `Alarm ${AlarmName} does not exist.`);
    const state = STATES.find((one) => one === StateValue);
    if (!state) throw invalidValue(`The value ${StateValue} for parameter StateValue is not supported.`);
    evaluating.setState(alarm, { state, reason: StateReason });
    evaluating.plan(alarm);
    return {};
  },
});

const setActions =
  (enabled: boolean) =>
  (alarms: Alarms): Operation<DisableAlarmActionsInput, object> => ({
    resources: ({ AlarmNames }, { region }) => (AlarmNames ?? []).map((name) => alarms.arn(name, region)),
    run({ AlarmNames }, { region }) {
      for (const name of AlarmNames ?? []) {
        const alarm = alarms.find(name, region);
        if (alarm) alarm.settings = { ...alarm.settings, ActionsEnabled: enabled };
      }
      return {};
    },
  });

export const enableAlarmActions = setActions(true);
export const disableAlarmActions = setActions(false);
