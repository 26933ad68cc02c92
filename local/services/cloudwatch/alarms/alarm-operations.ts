import type {
  DeleteAlarmsInput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  DisableAlarmActionsInput,
  MetricAlarm,
  SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch';
import type { Host } from '../../../host.ts';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { invalidCombination } from '../errors.ts';
import { page } from '../page.ts';
import type { Alarm } from './alarm.ts';
import type { Alarms } from './alarms.ts';
import { tellConfiguration } from './configuration-event.ts';
import type { Evaluating } from './evaluating.ts';
import type { AlarmHistory } from './history.ts';

export const describeAlarms = (alarms: Alarms): Operation<DescribeAlarmsInput, DescribeAlarmsOutput> => ({
  resources: ({ AlarmNames }, { region }) =>
    (AlarmNames?.length ? AlarmNames : ['*']).map((name) => alarms.arn(name, region)),
  run(input, { region }) {
    const { AlarmNames, AlarmNamePrefix, StateValue, ActionPrefix, AlarmTypes, MaxRecords = 50 } = input;
    if (AlarmNames?.length && AlarmNamePrefix !== undefined) {
      throw invalidCombination('The parameters AlarmNames and AlarmNamePrefix must not be specified together.');
    }
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
    const { items, ...next } = page(found, { NextToken: input.NextToken, size: MaxRecords });
    return { MetricAlarms: items.map(described), CompositeAlarms: [], ...next };
  },
});

export const described = ({ settings, arn, state, reason, reasonData, stateAt, updatedAt }: Alarm): MetricAlarm => ({
  OKActions: [],
  AlarmActions: [],
  InsufficientDataActions: [],
  Dimensions: [],
  ...settings,
  AlarmArn: arn,
  AlarmConfigurationUpdatedTimestamp: updatedAt,
  StateValue: state,
  StateReason: reason,
  ...(reasonData !== undefined && { StateReasonData: reasonData }),
  StateUpdatedTimestamp: stateAt,
  StateTransitionedTimestamp: stateAt,
});

/** Deletes alarms. One that is not there keeps the others from nothing. Source: CloudWatch API Reference, "DeleteAlarms"; checked 2026-11-30. */
export const deleteAlarms = (
  host: Host,
  { alarms, history }: { alarms: Alarms; history: AlarmHistory },
): Operation<DeleteAlarmsInput, object> => ({
  resources: ({ AlarmNames }, { region }) => (AlarmNames ?? []).map((name) => alarms.arn(name, region)),
  run({ AlarmNames }, { region }) {
    const found = (AlarmNames ?? []).flatMap((name) => alarms.find(name, region) ?? []);
    for (const alarm of found) {
      alarms.delete(alarm);
      tellConfiguration(host, { alarm, operation: 'delete' });
      history.configured(alarm, 'delete');
    }
    return {};
  },
});

/** Puts an alarm into a state by hand, until the next evaluation sees it otherwise. */
export const setAlarmState = (alarms: Alarms, evaluating: Evaluating): Operation<SetAlarmStateInput, object> => ({
  resources: ({ AlarmName = '' }, { region }) => [alarms.arn(AlarmName, region)],
  run({ AlarmName = '', StateValue, StateReason = '', StateReasonData }, { region }) {
    const alarm = alarms.find(AlarmName, region);
    if (!alarm) throw new AwsError('ResourceNotFound', `Alarm ${AlarmName} does not exist.`);
    if (StateReasonData !== undefined && !isJson(StateReasonData)) {
      throw new AwsError('InvalidFormat', 'StateReasonData must be valid JSON.', { status: 400 });
    }
    evaluating.setState(alarm, { state: StateValue ?? alarm.state, reason: StateReason, reasonData: StateReasonData });
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

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if ((error as Error).name === 'SyntaxError') return false;
    throw error;
  }
}
