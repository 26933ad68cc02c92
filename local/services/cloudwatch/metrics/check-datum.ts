import type { Dimension, MetricDatum } from '@aws-sdk/client-cloudwatch';
import { invalidCombination, invalidValue, missing } from '../errors.ts';
import { UNITS } from './units.ts';

// Source: CloudWatch API Reference, "MetricDatum", "Dimension"; checked 2026-12-01.
const MAX_DIMENSIONS = 30;
const MAX_VALUES = 150;
const MAX_VALUE = 2 ** 360;
const PAST_MS = 14 * 86_400_000;
const FUTURE_MS = 2 * 3_600_000;
const LONGEST = { metricName: 255, dimensionName: 255, dimensionValue: 1024 };
const RESOLUTIONS = [1, 60];

/** Throws what PutMetricData answers to a measurement that it does not take; `at` is "MetricData.member.1". */
export function checkDatum(datum: MetricDatum, { at, now }: { at: string; now: number }): void {
  const { MetricName, Dimensions = [], Unit = 'None', StorageResolution = 60 } = datum;
  if (!MetricName) throw missing(`${at}.MetricName`);
  checkDimensions(Dimensions);
  const wrong = [
    ...wrongText(`${at}.MetricName`, MetricName, LONGEST.metricName),
    ...Dimensions.flatMap(({ Name = '', Value = '' }, index) => {
      const dimension = `${at}.Dimensions.member.${index + 1}`;
      return [
        ...wrongText(`${dimension}.Name`, Name, LONGEST.dimensionName),
        ...wrongText(`${dimension}.Value`, Value, LONGEST.dimensionValue),
      ];
    }),
    ...notIn(`${at}.Unit`, Unit, UNITS),
    ...notIn(`${at}.StorageResolution`, StorageResolution, RESOLUTIONS),
  ];
  if (wrong.length > 0) throw invalidValue(wrong.join('\n'));
  checkValues(datum, at);
  checkTimestamp(datum, { at, now });
}

/** Source: issues 240 of aws/amazon-cloudwatch-agent and 14 of cloudposse-archives/prometheus-to-cloudwatch; checked 2026-12-01. */
export function wrongText(parameter: string, text: string, longest: number): string[] {
  return [
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those of ASCII are what is looked for
    ...(/^[\x00-\x7f]*$/.test(text) ? [] : [`The value for parameter ${parameter} contains non-ASCII characters.`]),
    ...(text.length > longest ? [`The parameter ${parameter} must be shorter than ${longest + 1} characters.`] : []),
  ];
}

/** Source: issue 1671 of boto/botocore; checked 2026-12-01. */
const notIn = (parameter: string, value: unknown, set: readonly unknown[]): string[] =>
  set.includes(value) ? [] : [`The parameter ${parameter} must be a value in the set [ ${set.join(', ')} ].`];

function checkDimensions(dimensions: Dimension[]): void {
  if (dimensions.length > MAX_DIMENSIONS) {
    throw invalidValue(`The collection Dimensions must not have more than ${MAX_DIMENSIONS} items.`);
  }
  // Source: github.com/jdamick/dropwizard-metrics-cloudwatch issue 3; checked 2026-11-30.
  if (new Set(dimensions.map(({ Name }) => Name)).size < dimensions.length) {
    throw invalidValue('No metric may specify the same dimension name twice.');
  }
  if (dimensions.some(({ Name, Value }) => !Name || !Value)) {
    throw invalidValue('The name and the value of a dimension must not be empty.');
  }
}

function checkValues({ Value, StatisticValues, Values, Counts }: MetricDatum, at: string): void {
  const given = [Value, StatisticValues, Values].filter((one) => one !== undefined).length;
  if (given === 0) throw missing(`${at}.Value`);
  if (given > 1) {
    throw invalidCombination(
      `The parameters ${at}.Value and ${at}.StatisticValues are mutually exclusive and you have specified both.`,
    );
  }
  if ((Values?.length ?? 0) > MAX_VALUES)
    throw invalidValue(`The collection Values must not have more than ${MAX_VALUES} items.`);
  if (Counts && Counts.length !== Values?.length) throw invalidValue('Values and Counts must be of the same size.');
  if ([Value, ...(Values ?? [])].some((value) => value !== undefined && !(Math.abs(value) <= MAX_VALUE))) {
    throw invalidValue('The value for parameter Value must be in the range of -2^360 to 2^360.');
  }
}

function checkTimestamp({ Timestamp }: MetricDatum, { at, now }: { at: string; now: number }): void {
  const instant = Timestamp?.getTime() ?? now;
  if (instant >= now - PAST_MS && instant <= now + FUTURE_MS) return;
  throw invalidValue(
    `The parameter ${at}.Timestamp must specify a time no more than two weeks in the past and two hours in the future.`,
  );
}
