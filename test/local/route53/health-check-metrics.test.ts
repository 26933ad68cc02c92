import { CloudWatch, type PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { Route53 } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createNames, type Names } from '../../../local/dns/names.ts';
import { Internet } from '../../../local/internet/internet.ts';
import { createCloudWatch } from '../../../local/services/cloudwatch/service.ts';
import { createRoute53 } from '../../../local/services/route53/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { type ASite, aSite } from './a-site.ts';

const ADDRESS = '203.0.113.40';
const MINUTE_MS = 60_000;

let aws: AFront;
let site: ASite;
let route53: Route53;
let cloudWatch: CloudWatch;
let names: Names;
let record: ReturnType<typeof createCloudWatch>['record'];

beforeEach(async () => {
  let internet = new Internet();
  aws = await aFront({
    services: (host, dispatch) => {
      internet = new Internet({ clock: host.clock });
      names = createNames(host, internet);
      const metrics = createCloudWatch(host, { dispatch });
      ({ record } = metrics);
      return [createRoute53(host, { ...names, metrics }).service, metrics.service];
    },
  });
  site = aSite(internet, { address: ADDRESS });
  route53 = aws.client(Route53);
  cloudWatch = aws.client(CloudWatch);
});
afterEach(() => aws.close());

const minutes = (count: number): Promise<void> => aws.clock.advance(count * MINUTE_MS);
const fail = (): void => {
  site.answer = (_, response) => response.writeHead(503).end();
};
const mend = (): void => {
  site.answer = (_, response) => response.end('fine');
};

async function aCheck(): Promise<string> {
  const HealthCheckConfig = { Type: 'HTTP', IPAddress: ADDRESS, RequestInterval: 10 } as const;
  const { HealthCheck: check } = await route53.createHealthCheck({ CallerReference: 'site', HealthCheckConfig });
  return String(check?.Id);
}

/** Minimum below 1 over two minutes, as the guide advises. */
const alarmOn = (id: string, input: Partial<PutMetricAlarmInput> = {}) =>
  cloudWatch.putMetricAlarm({
    AlarmName: 'site-down',
    Namespace: 'AWS/Route53',
    MetricName: 'HealthCheckStatus',
    Dimensions: [{ Name: 'HealthCheckId', Value: id }],
    Statistic: 'Minimum',
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
    ...input,
  });
const stateOf = async (AlarmName = 'site-down') =>
  (await cloudWatch.describeAlarms({ AlarmNames: [AlarmName] })).MetricAlarms?.[0]?.StateValue;

describe('the metrics of a health check', () => {
  const points = async (id: string, MetricName: string) => {
    const now = aws.clock.now();
    const { Datapoints: found = [] } = await cloudWatch.getMetricStatistics({
      Namespace: 'AWS/Route53',
      MetricName,
      Dimensions: [{ Name: 'HealthCheckId', Value: id }],
      StartTime: new Date(now.getTime() - 10 * MINUTE_MS),
      EndTime: now,
      Period: 60,
      Statistics: ['Minimum', 'Maximum'],
    });
    return found
      .sort((a, b) => Number(a.Timestamp) - Number(b.Timestamp))
      .map(({ Minimum: least, Maximum: most }) => [least, most]);
  };

  test('are there every minute, also while the checkers rest', async () => {
    const id = await aCheck();
    await minutes(30);
    expect(await points(id, 'HealthCheckStatus')).toEqual(Array(10).fill([1, 1]));
    expect(await points(id, 'HealthCheckPercentageHealthy')).toEqual(Array(10).fill([100, 100]));
    fail();
    await minutes(5);
    const status = await points(id, 'HealthCheckStatus');
    expect(status.slice(-4)).toEqual(Array(4).fill([0, 0]));
    expect((await points(id, 'HealthCheckPercentageHealthy')).at(-1)).toEqual([0, 0]);
  });

  test('end with the check, the percentage also when it is disabled', async () => {
    const id = await aCheck();
    await minutes(5);
    await route53.updateHealthCheck({ HealthCheckId: id, Disabled: true });
    await minutes(15);
    expect(await points(id, 'HealthCheckPercentageHealthy')).toEqual([]);
    expect(await points(id, 'HealthCheckStatus')).toHaveLength(10);
    await route53.deleteHealthCheck({ HealthCheckId: id });
    await minutes(15);
    expect(await points(id, 'HealthCheckStatus')).toEqual([]);
  });

  test('tell of latency by region when that is asked for', async () => {
    const config = { Type: 'HTTP', IPAddress: ADDRESS, RequestInterval: 10, MeasureLatency: true } as const;
    await route53.createHealthCheck({ CallerReference: 'fast', HealthCheckConfig: config });
    await minutes(3);
    const { Metrics: found = [] } = await cloudWatch.listMetrics({ Namespace: 'AWS/Route53' });
    const regions = (metric: string) =>
      found
        .filter(({ MetricName }) => MetricName === metric)
        .map(({ Dimensions = [] }) => Dimensions.find(({ Name }) => Name === 'Region')?.Value);
    expect(regions('ConnectionTime')).toHaveLength(8);
    expect(regions('TimeToFirstByte')).toContain('eu-west-1');
    expect(regions('SSLHandshakeTime')).toEqual([]);
  });

  test('drive an alarm in us-east-1 through an outage and back, and let it sleep over months', async () => {
    const id = await aCheck();
    await alarmOn(id);
    await minutes(6);
    expect(await stateOf()).toBe('OK');
    await minutes(60 * 24 * 90);
    fail();
    await minutes(4);
    expect(await stateOf()).toBe('ALARM');
    mend();
    await minutes(4);
    expect(await stateOf()).toBe('OK');
    const told = aws.events.filter(({ detailType }) => detailType === 'CloudWatch Alarm State Change');
    expect(told.map(({ region }) => region)).toEqual(
      ['us-east-1', 'us-east-1', 'us-east-1', 'us-east-1'].slice(0, told.length),
    );
    expect(told.map(({ detail }) => (detail as { state: { value: string } }).state.value).slice(-2)).toEqual([
      'ALARM',
      'OK',
    ]);
  });
});

describe('a check of an alarm', () => {
  const measure = (Value: number) => record('eu-west-1', 'Shop', { MetricName: 'Errors', Value });
  const healthy = async (id: string) => {
    const { HealthCheck: parent } = await route53.createHealthCheck({
      CallerReference: `parent ${Math.random()}`,
      HealthCheckConfig: { Type: 'CALCULATED', HealthThreshold: 1, ChildHealthChecks: [id] },
    });
    await minutes(1);
    const { Datapoints: found = [] } = await cloudWatch.getMetricStatistics({
      Namespace: 'AWS/Route53',
      MetricName: 'HealthCheckStatus',
      Dimensions: [{ Name: 'HealthCheckId', Value: String(parent?.Id) }],
      StartTime: new Date(aws.clock.now().getTime() - MINUTE_MS),
      EndTime: new Date(aws.clock.now().getTime() + MINUTE_MS),
      Period: 60,
      Statistics: ['Minimum'],
    });
    return found.at(-1)?.Minimum === 1;
  };
  const created = async () => {
    const alarms = aws.client(CloudWatch, { region: 'eu-west-1' });
    await alarms.putMetricAlarm({
      AlarmName: 'errors',
      Namespace: 'Shop',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'ignore',
    });
    const { HealthCheck: check } = await route53.createHealthCheck({
      CallerReference: 'alarm',
      HealthCheckConfig: { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: 'errors', Region: 'eu-west-1' } },
    });
    return { alarms, check, id: String(check?.Id) };
  };

  test('shows the metric and threshold that it has taken from the alarm', async () => {
    const { check } = await created();
    expect(check?.HealthCheckConfig).toMatchObject({ InsufficientDataHealthStatus: 'LastKnownStatus' });
    expect(check?.CloudWatchAlarmConfiguration).toMatchObject({
      MetricName: 'Errors',
      Namespace: 'Shop',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
    });
  });

  test('R26: follows the metric, not what SetAlarmState says', async () => {
    const { alarms, id } = await created();
    await minutes(1);
    await alarms.setAlarmState({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'drill' });
    expect(await healthy(id)).toBe(true);
    measure(5);
    await minutes(2);
    expect(await healthy(id)).toBe(false);
  });
});
