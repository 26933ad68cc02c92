import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { invalidValue, validationError } from '../errors.ts';
import type { MetricStore } from './metric-store.ts';
import { periodMs, span } from './period.ts';
import { statistic } from './samples.ts';

// Source: CloudWatch API Reference, "GetMetricData"; checked 2026-12-01.
const MAX_QUERIES = 500;
const DATAPOINTS_PER_PAGE = 100_800;

/** Statistics of several metrics at once, newest first unless asked otherwise. */
export const getMetricData = (store: MetricStore): Operation<GetMetricDataInput, GetMetricDataOutput> => ({
  run({ MetricDataQueries = [], ScanBy, MaxDatapoints = DATAPOINTS_PER_PAGE, NextToken, ...range }, { region }) {
    if (MetricDataQueries.length > MAX_QUERIES)
      throw invalidValue(`MetricDataQueries must not have more than ${MAX_QUERIES} items.`);
    checkQueries(MetricDataQueries);
    const { start, end } = querySpan(range);
    const results = MetricDataQueries.filter(({ ReturnData = true }) => ReturnData).map((query) => {
      const result = queried(store, query, { region, start, end });
      if (ScanBy === 'TimestampAscending') return result;
      return { ...result, Timestamps: result.Timestamps?.toReversed(), Values: result.Values?.toReversed() };
    });
    const from = offsetOf(NextToken);
    const to = from + MaxDatapoints;
    const total = results.reduce((sum, { Values = [] }) => sum + Values.length, 0);
    return {
      MetricDataResults: pageOf(results, { from, to }),
      Messages: [],
      ...(to < total && { NextToken: Buffer.from(`from ${to}`).toString('base64url') }),
    };
  },
});

function checkQueries(queries: MetricDataQuery[]): void {
  const ids = queries.map(({ Id = '' }) => Id);
  if (new Set(ids).size < ids.length) {
    throw validationError('The values for parameter id in MetricDataQueries are not unique.');
  }
  const wrong = ids.find((id) => !/^[a-z]\w{0,254}$/.test(id));
  if (wrong !== undefined) {
    const message = `The value ${wrong} for parameter MetricDataQueries.member.1.Id must match the pattern ^[a-z][a-zA-Z0-9_]*$.`;
    throw validationError(message);
  }
}

/** As `span`, in the words and with the code that GetMetricData has for it. */
function querySpan(range: Parameters<typeof span>[0]): ReturnType<typeof span> {
  const [start = 0, end = 0] = [range.StartTime?.getTime(), range.EndTime?.getTime()];
  if (start === end) throw validationError('The parameter StartTime must not equal parameter EndTime.');
  if (start > end) throw validationError('The parameter EndTime must be greater than StartTime.');
  return span(range);
}

function queried(
  store: MetricStore,
  { Id, Label, MetricStat, Expression }: MetricDataQuery,
  { region, start, end }: { region: string; start: number; end: number },
): MetricDataResult {
  if (Expression !== undefined || !MetricStat) {
    throw new AwsError('ValidationException', `Query ${Id}: metric math is not part of the local AWS: use MetricStat`);
  }
  const { Metric: name, Period, Stat = '', Unit } = MetricStat;
  const periods = store.find(region, name ?? {})?.periods({ start, end, periodMs: periodMs(Period) }, Unit) ?? [];
  const points = periods.flatMap(({ at, samples }) => {
    const value = statistic(Stat, samples);
    return value === undefined ? [] : [{ at: new Date(at), value }];
  });
  return {
    Id,
    Label: Label ?? name?.MetricName,
    Timestamps: points.map(({ at }) => at),
    Values: points.map(({ value }) => value),
    StatusCode: 'Complete',
  };
}

function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const offset = /^from (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (!offset) throw new AwsError('InvalidNextTokenException', 'The NextToken is not valid.');
  return Number(offset);
}

/** What of each result lies between two points, counted over all of them. */
function pageOf(results: MetricDataResult[], { from, to }: { from: number; to: number }): MetricDataResult[] {
  let before = 0;
  return results.map((result) => {
    const { Values = [], Timestamps = [] } = result;
    const [first, last] = [Math.max(0, from - before), Math.max(0, to - before)];
    before += Values.length;
    return {
      ...result,
      Values: Values.slice(first, last),
      Timestamps: Timestamps.slice(first, last),
      StatusCode: last < Values.length ? 'PartialData' : 'Complete',
    };
  });
}
