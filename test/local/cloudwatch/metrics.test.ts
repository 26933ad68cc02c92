import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCloudWatch } from '../../../local/services/cloudwatch/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

let aws: AFront;
let cloudWatch: ReturnType<typeof createCloudWatch>;
let client: CloudWatchClient;

const START = new Date('2026-11-22T12:00:00Z');
const minute = (n: number): Date => new Date(START.getTime() + n * 60_000);

beforeEach(async () => {
  aws = await aFront({
    services: (host, dispatch) => {
      cloudWatch = createCloudWatch(host, { dispatch });
      return [cloudWatch.service];
    },
  });
  client = aws.client(CloudWatchClient);
});

afterEach(() => aws.close());

const put = (...MetricData: object[]) =>
  client.send(new PutMetricDataCommand({ Namespace: 'Nameplate', MetricData: MetricData as never }));
const statistics = (input: object) =>
  client.send(
    new GetMetricStatisticsCommand({
      Namespace: 'Nameplate',
      MetricName: 'Onboarded',
      StartTime: minute(-60),
      EndTime: minute(60),
      Period: 60,
      Statistics: ['Sum'],
      ...input,
    }),
  );

describe('metrics', () => {
  test('are summed up by period', async () => {
    await put({ MetricName: 'Onboarded', Value: 1 }, { MetricName: 'Onboarded', Value: 5 });
    await aws.clock.advance(60_000);
    await put({ MetricName: 'Onboarded', Values: [2, 4], Counts: [1, 3], Unit: 'None' });
    const all = await statistics({ Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'] });

    expect(all.Label).toBe('Onboarded');
    expect(all.Datapoints).toEqual([
      { Timestamp: minute(1), Unit: 'None', SampleCount: 4, Sum: 14, Average: 3.5, Minimum: 2, Maximum: 4 },
      { Timestamp: minute(0), Unit: 'None', SampleCount: 2, Sum: 6, Average: 3, Minimum: 1, Maximum: 5 },
    ]);
    expect((await statistics({ Period: 3_600 })).Datapoints).toMatchObject([{ Timestamp: START, Sum: 20 }]);
  });

  test('give percentiles of single values, and none of statistic sets', async () => {
    await put({ MetricName: 'Onboarded', Values: Array.from({ length: 100 }, (_, n) => n + 1) });
    const percentiles = { Statistics: undefined, ExtendedStatistics: ['p50', 'p99'] };
    expect((await statistics(percentiles)).Datapoints?.[0]?.ExtendedStatistics).toEqual({ p50: 50, p99: 99 });
    const StatisticValues = { SampleCount: 2, Sum: 4, Minimum: 1, Maximum: 3 };
    await put({ MetricName: 'Onboarded', StatisticValues });

    expect((await statistics(percentiles)).Datapoints?.[0]?.ExtendedStatistics).toEqual({});
    expect((await statistics({})).Datapoints).toMatchObject([{ Sum: 5054 }]);
  });

  test('are told apart by their dimensions, in any order', async () => {
    const site = { Name: 'Site', Value: 'shop' };
    const edge = { Name: 'Edge', Value: 'cdn' };
    await put({ MetricName: 'Onboarded', Value: 1, Dimensions: [site, edge] }, { MetricName: 'Onboarded', Value: 10 });

    expect((await statistics({ Dimensions: [edge, site] })).Datapoints).toMatchObject([{ Sum: 1 }]);
    expect((await statistics({})).Datapoints).toMatchObject([{ Sum: 10 }]);
    expect((await statistics({ Dimensions: [site] })).Datapoints).toEqual([]);
    const { Metrics } = await client.send(new ListMetricsCommand({ Dimensions: [{ Name: 'Site' }] }));
    expect(Metrics).toEqual([{ Namespace: 'Nameplate', MetricName: 'Onboarded', Dimensions: [site, edge] }]);
  });

  // Source: issues 1671 of boto/botocore, 240 of aws/amazon-cloudwatch-agent and 14 of prometheus-to-cloudwatch; checked 2026-12-01.
  test('are refused with all that is wrong, in the words of PutMetricData', async () => {
    const fine = { MetricName: 'a', Value: 1 };
    await expect(put(fine, { ...fine, StorageResolution: 300 })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The parameter MetricData.member.2.StorageResolution must be a value in the set [ 1, 60 ].',
    });
    await expect(put({ ...fine, MetricName: 'a'.repeat(256) })).rejects.toMatchObject({
      message: 'The parameter MetricData.member.1.MetricName must be shorter than 256 characters.',
    });
    const Dimensions = [{ Name: 'Site', Value: 'ü'.repeat(1025) }];
    await expect(put({ ...fine, Dimensions })).rejects.toMatchObject({
      message:
        'The value for parameter MetricData.member.1.Dimensions.member.1.Value contains non-ASCII characters.\n' +
        'The parameter MetricData.member.1.Dimensions.member.1.Value must be shorter than 1025 characters.',
    });
  });

  test('come by GetMetricData in pages of as many points as were asked for', async () => {
    for (const Value of [1, 2, 3]) {
      await put({ MetricName: 'Onboarded', Value }, { MetricName: 'Undone', Value });
      await aws.clock.advance(60_000);
    }
    const query = (Id: string, MetricName: string) => ({
      Id,
      MetricStat: { Metric: { Namespace: 'Nameplate', MetricName }, Period: 60, Stat: 'Sum' },
    });
    const ask = (NextToken?: string) =>
      client.send(
        new GetMetricDataCommand({
          MetricDataQueries: [query('a', 'Onboarded'), query('b', 'Undone')],
          StartTime: minute(-5),
          EndTime: minute(5),
          MaxDatapoints: 4,
          NextToken,
        }),
      );

    const first = await ask();
    expect(first.MetricDataResults).toMatchObject([
      { Id: 'a', Values: [3, 2, 1], StatusCode: 'Complete' },
      { Id: 'b', Values: [3], StatusCode: 'PartialData' },
    ]);
    const second = await ask(first.NextToken);
    expect(second.MetricDataResults).toMatchObject([
      { Id: 'a', Values: [], StatusCode: 'Complete' },
      { Id: 'b', Values: [2, 1], StatusCode: 'Complete' },
    ]);
    expect(second.NextToken).toBeUndefined();
    await expect(ask('none')).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  });

  test.each([
    ['three hours', 3 * 3_600, 30, 60],
    ['15 days', 15 * 86_400, 60, 300],
    ['63 days', 63 * 86_400, 300, 3_600],
  ])('of more than %s ago have none for short periods', async (_, seconds, tooShort, Period) => {
    await put({ MetricName: 'Onboarded', Value: 1, StorageResolution: 1 });
    await aws.clock.advance(seconds * 1_000 + 60_000);
    const ago = { StartTime: minute(0), EndTime: minute(60) };
    expect((await statistics({ ...ago, Period: tooShort })).Datapoints).toEqual([]);
    expect((await statistics({ ...ago, Period })).Datapoints).toMatchObject([{ Sum: 1 }]);
  });

  test('come by GetMetricData, newest first', async () => {
    await put({ MetricName: 'Onboarded', Value: 1 });
    await aws.clock.advance(60_000);
    await put({ MetricName: 'Onboarded', Value: 2 });
    const query = {
      Id: 'a',
      MetricStat: { Metric: { Namespace: 'Nameplate', MetricName: 'Onboarded' }, Period: 60, Stat: 'Sum' },
    };
    const ask = (more: object = {}) =>
      client.send(
        new GetMetricDataCommand({ MetricDataQueries: [query], StartTime: minute(-5), EndTime: minute(5), ...more }),
      );

    expect((await ask()).MetricDataResults).toMatchObject([
      { Id: 'a', Values: [2, 1], Timestamps: [minute(1), minute(0)], StatusCode: 'Complete' },
    ]);
    expect((await ask({ ScanBy: 'TimestampAscending' })).MetricDataResults).toMatchObject([{ Values: [1, 2] }]);
    await expect(ask({ MetricDataQueries: [{ Id: 'b', Expression: 'a * 2' }] })).rejects.toThrow(/metric math/);
  });

  test('are listed for two weeks after the last measurement', async () => {
    await put({ MetricName: 'Onboarded', Value: 1 });
    const listed = async () => (await client.send(new ListMetricsCommand({ Namespace: 'Nameplate' }))).Metrics?.length;

    expect(await listed()).toBe(1);
    await aws.clock.advance(15 * 86_400_000);
    expect(await listed()).toBe(0);
  });

  test("services record under AWS's own namespaces, customers may not", async () => {
    cloudWatch.record('us-east-1', 'AWS/Lambda', { MetricName: 'Invocations', Value: 3 });
    expect((await statistics({ Namespace: 'AWS/Lambda', MetricName: 'Invocations' })).Datapoints).toMatchObject([
      { Sum: 3 },
    ]);

    await expect(
      client.send(new PutMetricDataCommand({ Namespace: 'AWS/Mine', MetricData: [{ MetricName: 'a', Value: 1 }] })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  test.each([
    ['no value', { MetricName: 'a' }, 'MissingRequiredParameterException'],
    ['no name', { MetricName: '', Value: 1 }, 'MissingRequiredParameterException'],
    ['a value and a set', { MetricName: 'a', Value: 1, Values: [1] }, 'InvalidParameterCombinationException'],
    ['a unit that is none', { MetricName: 'a', Value: 1, Unit: 'Furlongs' }, 'InvalidParameterValueException'],
    ['a value beyond 2^360', { MetricName: 'a', Value: 1e200 }, 'InvalidParameterValueException'],
    [
      'an empty dimension',
      { MetricName: 'a', Value: 1, Dimensions: [{ Name: 'Site', Value: '' }] },
      'InvalidParameterValueException',
    ],
    [
      'a dimension twice',
      { MetricName: 'a', Value: 1, Dimensions: [1, 2].map((n) => ({ Name: 'Site', Value: `${n}` })) },
      'InvalidParameterValueException',
    ],
    ['counts without values', { MetricName: 'a', Values: [1], Counts: [1, 2] }, 'InvalidParameterValueException'],
    [
      'a day three weeks ago',
      { MetricName: 'a', Value: 1, Timestamp: minute(-30_000) },
      'InvalidParameterValueException',
    ],
    ['a time in three hours', { MetricName: 'a', Value: 1, Timestamp: minute(180) }, 'InvalidParameterValueException'],
  ])('are refused with %s', async (_, datum, name) => {
    await expect(put(datum)).rejects.toMatchObject({ name });
  });

  test('are refused when there are none', async () => {
    await expect(put()).rejects.toMatchObject({ name: 'MissingRequiredParameterException' });
  });

  test('are taken packed, as the SDK sends many', async () => {
    await put(...Array.from({ length: 1_000 }, () => ({ MetricName: 'Onboarded', Value: 1 })));
    expect((await statistics({ Statistics: ['SampleCount'] })).Datapoints).toMatchObject([{ SampleCount: 1_000 }]);
  });

  test('are asked for by queries of their own names, over a time that passes', async () => {
    const ask = (Ids: string[], minutes = 1) =>
      client.send(
        new GetMetricDataCommand({
          StartTime: minute(0),
          EndTime: minute(minutes),
          MetricDataQueries: Ids.map((Id) => ({
            Id,
            MetricStat: { Metric: { Namespace: 'Nameplate', MetricName: 'Onboarded' }, Period: 60, Stat: 'Sum' },
          })),
        }),
      );
    await expect(ask(['a', 'a'])).rejects.toThrow('The values for parameter id in MetricDataQueries are not unique.');
    await expect(ask(['A'])).rejects.toThrow('must match the pattern');
    await expect(ask(['a'], 0)).rejects.toThrow('The parameter StartTime must not equal parameter EndTime.');
    await expect(ask(['a'], -1)).rejects.toThrow('The parameter EndTime must be greater than StartTime.');
  });

  test('are asked for by statistics that are some, of one kind', async () => {
    await expect(statistics({ Statistics: ['Median'] })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(statistics({ ExtendedStatistics: ['p90'] })).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
    });
  });

  test('are refused in too many datapoints and odd periods', async () => {
    await expect(statistics({ StartTime: minute(-2_000) })).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
      message: expect.stringContaining('exceeds the limit of 1440'),
    });
    await expect(statistics({ Period: 61 })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(statistics({ StartTime: minute(61) })).rejects.toThrow(/StartTime must be less/);
  });

  test('a role may write only to the namespace its policy names', async () => {
    const credentials = aws.role({
      Effect: 'Allow',
      Action: 'cloudwatch:PutMetricData',
      Resource: '*',
      Condition: { StringEquals: { 'cloudwatch:namespace': 'Nameplate' } },
    });
    const writer = aws.client(CloudWatchClient, { credentials });
    const write = (Namespace: string) =>
      writer.send(new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName: 'a', Value: 1 }] }));

    await write('Nameplate');
    await expect(write('Other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
