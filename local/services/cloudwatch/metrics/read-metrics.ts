import type {
  Datapoint,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
  ListMetricsInput,
  ListMetricsOutput,
} from '@aws-sdk/client-cloudwatch';
import type { Host } from '../../../host.ts';
import type { Operation } from '../../../wire/service.ts';
import { checkOneOf, invalidCombination, invalidValue, missing } from '../errors.ts';
import type { Metric } from './metric.ts';
import type { MetricStore } from './metric-store.ts';
import { periodMs, span } from './period.ts';
import { type Samples, STATISTICS, statistic } from './samples.ts';

// Source: CloudWatch API Reference, "GetMetricStatistics", "ListMetrics"; checked 2026-11-22.
const MAX_DATAPOINTS = 1_440;

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
