import type { Nameplate } from './nameplate.ts';

/** An alarm of this name in the region of the stack. */
export const alarmArn = ({ aws }: Pick<Nameplate, 'aws'>, name: string): string =>
  `arn:aws:cloudwatch:${aws.region}:${aws.account}:alarm:${name}`;

/** An alarm that keeps the state that it is set to. Its ARN. */
export async function aSetAlarm(nameplate: Pick<Nameplate, 'aws' | 'ask'>, name: string): Promise<string> {
  const metric = { Namespace: 'Shop', MetricName: 'Up', Statistic: 'Minimum', Period: 60, EvaluationPeriods: 3 };
  const rule = { Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'ignore' };
  await nameplate.ask('monitoring', 'PutMetricAlarm', { AlarmName: name, ...metric, ...rule });
  await setAlarm(nameplate, name, 'OK');
  return alarmArn(nameplate, name);
}

export const setAlarm = (
  { ask }: Pick<Nameplate, 'ask'>,
  AlarmName: string,
  StateValue: 'OK' | 'ALARM',
): Promise<unknown> => ask('monitoring', 'SetAlarmState', { AlarmName, StateValue, StateReason: 'test' });

/** An alarm that is bad once the health check was so for three minutes: its metric is in us-east-1 alone. */
export async function aHealthCheckAlarm(
  { ask }: Pick<Nameplate, 'ask'>,
  { name, healthCheckId }: { name: string; healthCheckId: string },
): Promise<void> {
  await ask(
    'monitoring',
    'PutMetricAlarm',
    {
      AlarmName: name,
      Namespace: 'AWS/Route53',
      MetricName: 'HealthCheckStatus',
      Dimensions: [{ Name: 'HealthCheckId', Value: healthCheckId }],
      Statistic: 'Minimum',
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
    },
    'us-east-1',
  );
}
