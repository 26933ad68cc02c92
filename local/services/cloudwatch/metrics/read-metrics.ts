import type {
  Datapoint,
  GetMetricDataInput,
  GetMetricDataOutput,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
  ListMetricsInput,
  ListMetricsOutput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { Host } from '../../../host.ts';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { checkOneOf, invalidCombination, invalidValue, missing, validationError } from '../errors.ts';
import type { Metric } from './metric.ts';
import type { MetricStore } from './metric-store.ts';
import { periodMs, span } from './period.ts';
import { type Samples, STATISTICS, statistic } from './samples.ts';

// Source: CloudWatch API Reference, "GetMetricStatistics", "GetMetricData", "ListMetrics"; checked 2026-11-22.
const MAX_DATAPOINTS = 1_440;
const MAX_QUERIES = 500;
const METRICS_PER_PAGE = 500;
const LISTED_MS = 14 * 86_400_000;

/** Statistics of one metric, in no order, as AWS returns them. */
export const getMetricStatistics = (
  store: MetricStore,
): Operation<GetMetricStatisticsInput, GetMetricStatisticsOutput> => ({
  run(input, { region }) {
    const { Statistics = [], ExtendedStatistics = [], Unit, MetricName = '' } = input;
    if (Statistics.length + ExtendedStatistics.length === 0) throw missing('Statistics');
    if (Statistics.length > 0 && ExtendedStatistics.length > 0) {
      const message =
        'At least one of the parameters Statistics and ExtendedStatistics must be specified, but not both.';
      throw invalidCombination(message);
    }
    for (const name of Statistics) checkOneOf('statistics', name, STATISTICS);
    const { start, end } = span(input);
    const period = periodMs(input.Period);
    const points = Math.ceil((end - start) / period);
    if (points > MAX_DATAPOINTS) {
      throw invalidCombination(
        `You have requested up to ${points} datapoints, which exceeds the limit of ${MAX_DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      );
    }
    const found = store.find(region, input)?.periods({ start, end, periodMs: period }, Unit) ?? [];
    const Datapoints = found.toReversed().map(
      ({ at, unit, samples }): Datapoint => ({
        Timestamp: new Date(at),
        Unit: unit,
        ...statisticsOf(Statistics, samples),
        ...(ExtendedStatistics.length > 0 && { ExtendedStatistics: statisticsOf(ExtendedStatistics, samples) }),
      }),
    );
    return { Label: MetricName, Datapoints };
  },
});

function statisticsOf(names: string[], samples: Samples): Record<string, number> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = statistic(name, samples);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Statistics of several metrics at once, newest first unless asked otherwise. */
export const getMetricData = (store: MetricStore): Operation<GetMetricDataInput, GetMetricDataOutput> => ({
  run({ MetricDataQueries = [], ScanBy, ...range }, { region }) {
    if (MetricDataQueries.length > MAX_QUERIES)
      throw invalidValue(`MetricDataQueries must not have more than ${MAX_QUERIES} items.`);
    checkQueries(MetricDataQueries);
    const { start, end } = querySpan(range);
    const results = MetricDataQueries.filter(({ ReturnData = true }) => ReturnData).map((query) => {
      const result = queried(store, query, { region, start, end });
      if (ScanBy === 'TimestampAscending') return result;
      return { ...result, Timestamps: result.Timestamps?.toReversed(), Values: result.Values?.toReversed() };
    });
    return { MetricDataResults: results, Messages: [] };
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

/** The metrics that were measured in the last two weeks. */
export const listMetrics = (host: Host, store: MetricStore): Operation<ListMetricsInput, ListMetricsOutput> => ({
  run(input, { region }) {
    const now = host.clock.now().getTime();
    const recent = store.of(region).filter((metric) => metric.lastAt > now - LISTED_MS && listed(metric, input));
    const start = Number(input.NextToken ?? 0);
    if (!Number.isInteger(start) || start < 0) throw invalidValue('The parameter NextToken is not valid.');
    const end = start + METRICS_PER_PAGE;
    return {
      Metrics: recent.slice(start, end).map(({ name }) => ({ ...name })),
      ...(end < recent.length && { NextToken: String(end) }),
    };
  },
});

function listed({ name }: Metric, { Namespace, MetricName, Dimensions = [] }: ListMetricsInput): boolean {
  return (
    (Namespace === undefined || Namespace === name.Namespace) &&
    (MetricName === undefined || MetricName === name.MetricName) &&
    Dimensions.every((wanted) =>
      name.Dimensions?.some(({ Name, Value }) => Name === wanted.Name && (wanted.Value ?? Value) === Value),
    )
  );
}
