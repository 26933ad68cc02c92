import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Host } from '../../host.ts';
import type { Dispatch, Service } from '../../wire/service.ts';
import {
  deleteAlarms,
  describeAlarms,
  disableAlarmActions,
  enableAlarmActions,
  setAlarmState,
} from './alarms/alarm-operations.ts';
import { Alarms } from './alarms/alarms.ts';
import { announcer } from './alarms/announce.ts';
import { describeAlarmsForMetric } from './alarms/describe-for-metric.ts';
import { describeAlarmHistory } from './alarms/describe-history.ts';
import { Evaluating } from './alarms/evaluating.ts';
import { AlarmHistory } from './alarms/history.ts';
import { putMetricAlarm } from './alarms/put-metric-alarm.ts';
import constraints from './constraints.json' with { type: 'json' };
import { FollowedAlarms } from './followed-alarms.ts';
import { configurationOf, type HealthCheckMetrics } from './health-check-metrics.ts';
import { getMetricData } from './metrics/get-metric-data.ts';
import { MetricStore } from './metrics/metric-store.ts';
import { putMetricData, record } from './metrics/put-metric-data.ts';
import { getMetricStatistics, listMetrics } from './metrics/read-metrics.ts';
import { MuteRules } from './mute-rules/mute-rules.ts';
import {
  deleteAlarmMuteRule,
  getAlarmMuteRule,
  listAlarmMuteRules,
  putAlarmMuteRule,
} from './mute-rules/operations.ts';
import { RATES } from './rates.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';

/** CloudWatch: metrics over AWS time, and alarms on single metrics. */
export function createCloudWatch(
  host: Host,
  { dispatch }: { dispatch: Dispatch },
): {
  service: Service;
  /** Records a service's own measurement, such as "AWS/Lambda". */
  record(region: string, namespace: string, datum: MetricDatum): void;
} & HealthCheckMetrics {
  const store = new MetricStore(host);
  const alarms = new Alarms(host);
  const mutes = new MuteRules(host);
  const history = new AlarmHistory(host);
  const evaluating = new Evaluating(host, { store, onChange: announcer(host, { dispatch, mutes, history }) });
  const followed = new FollowedAlarms(alarms, evaluating);
  store.onRecord((region, metric) => evaluating.wake([...alarms.of(region), ...followed.of(region)], metric.name));
  const service: Service = {
    name: 'monitoring',
    prefix: 'cloudwatch',
    protocol: 'awsJson1_0',
    model: () => import('@aws-sdk/client-cloudwatch'),
    constraints,
    invalid: 'ValidationError',
    rates: { actions: RATES, code: 'ThrottlingException' },
    operations: {
      PutMetricData: putMetricData(host, store),
      ListMetrics: listMetrics(host, store),
      GetMetricStatistics: getMetricStatistics(store),
      GetMetricData: getMetricData(store),
      PutMetricAlarm: putMetricAlarm(host, { alarms, evaluating, history }),
      DescribeAlarms: describeAlarms(alarms),
      DescribeAlarmsForMetric: describeAlarmsForMetric(alarms),
      DescribeAlarmHistory: describeAlarmHistory(history, alarms),
      DeleteAlarms: deleteAlarms(host, { alarms, history }),
      SetAlarmState: setAlarmState(alarms, evaluating),
      EnableAlarmActions: enableAlarmActions(alarms),
      DisableAlarmActions: disableAlarmActions(alarms),
      PutAlarmMuteRule: putAlarmMuteRule(host, { rules: mutes, alarms }),
      GetAlarmMuteRule: getAlarmMuteRule(mutes),
      DeleteAlarmMuteRule: deleteAlarmMuteRule(mutes),
      ListAlarmMuteRules: listAlarmMuteRules(mutes),
      TagResource: tagResource({ alarms, mutes }),
      UntagResource: untagResource({ alarms, mutes }),
      ListTagsForResource: listTagsForResource({ alarms, mutes }),
    },
  };
  return {
    service,
    record: (region, Namespace, datum) => record(host, store, { region, Namespace, datum }),
    hold: (region, name, held) => store.hold(region, name, held),
    alarm: (region, name) => {
      const alarm = alarms.find(name, region);
      return alarm && configurationOf(alarm);
    },
    watchAlarm: (region, name, told) => followed.follow(region, name, told),
  };
}
