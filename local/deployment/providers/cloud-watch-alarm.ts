import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Provider } from '../provider.ts';
import { list, object, type Shape, tags } from '../shape.ts';

const dimensions = list(object({ Name: 'string', Value: 'string' }));

const metrics: Shape = list(
  object({
    Id: 'string',
    AccountId: 'string',
    Expression: 'string',
    Label: 'string',
    Period: 'number',
    ReturnData: 'boolean',
    MetricStat: object({
      Metric: object({ Dimensions: dimensions, MetricName: 'string', Namespace: 'string' }),
      Period: 'number',
      Stat: 'string',
      Unit: 'string',
    }),
  }),
);

/** AWS::CloudWatch::Alarm, by PutMetricAlarm. */
export const cloudWatchAlarm: Provider<PutMetricAlarmInput> = {
  type: 'AWS::CloudWatch::Alarm',
  properties: {
    ActionsEnabled: 'boolean',
    AlarmActions: list('string'),
    AlarmDescription: 'string',
    AlarmName: 'string',
    ComparisonOperator: 'string',
    DatapointsToAlarm: 'number',
    Dimensions: dimensions,
    EvaluateLowSampleCountPercentile: 'string',
    EvaluationPeriods: 'number',
    ExtendedStatistic: 'string',
    InsufficientDataActions: list('string'),
    MetricName: 'string',
    Metrics: metrics,
    Namespace: 'string',
    OKActions: list('string'),
    Period: 'number',
    Statistic: 'string',
    Threshold: 'number',
    ThresholdMetricId: 'string',
    TreatMissingData: 'string',
    Unit: 'string',
    Tags: tags,
  },
  async create({ properties, name, call, region, account }) {
    const AlarmName = properties.AlarmName ?? name();
    await call('monitoring', 'PutMetricAlarm', { ...properties, AlarmName });
    return { ref: AlarmName, attributes: { Arn: `arn:aws:cloudwatch:${region}:${account}:alarm:${AlarmName}` } };
  },
};
