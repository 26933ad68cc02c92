import type { DescribeAlarmsForMetricInput, DescribeAlarmsForMetricOutput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../wire/service.ts';
import { metricKey } from '../metrics/metric.ts';
import { described } from './alarm-operations.ts';
import type { Alarms } from './alarms.ts';

/** DescribeAlarmsForMetric: the alarms on exactly that metric, dimensions and all, and on that statistic, period or unit where one is named. */
export const describeAlarmsForMetric = (
  alarms: Alarms,
): Operation<DescribeAlarmsForMetricInput, DescribeAlarmsForMetricOutput> => ({
  resources: (_, { region }) => [alarms.arn('*', region)],
  run({ MetricName, Namespace, Dimensions, Statistic, ExtendedStatistic, Period, Unit }, { region }) {
    const key = metricKey({ MetricName, Namespace, Dimensions });
    const stat = Statistic ?? ExtendedStatistic;
    const found = alarms
      .of(region)
      .filter(
        (alarm) =>
          metricKey(alarm.metric) === key &&
          (stat === undefined || alarm.stat === stat) &&
          (Period === undefined || alarm.periodMs === Period * 1000) &&
          (Unit === undefined || alarm.settings.Unit === Unit),
      );
    return { MetricAlarms: found.map(described) };
  },
});
