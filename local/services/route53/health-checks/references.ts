import type { CloudWatchAlarmConfiguration } from '@aws-sdk/client-route-53';
import { invalidInput } from '../errors.ts';
import type { Route53 } from '../route53.ts';
import type { Settings } from './health-check.ts';

/** An alarm's period must be a minute at least. Source: Route 53 API Reference, "AlarmIdentifier"; checked 2026-11-30. */
const MIN_PERIOD_SECONDS = 60;
const STATISTICS = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'];

/** Throws InvalidInput when a check refers to a child or an alarm that it cannot follow. */
export function checkReferences(route53: Route53, settings: Settings): void {
  for (const id of settings.ChildHealthChecks ?? []) {
    const child = route53.healthChecks.byId.get(id);
    if (!child) throw invalidInput(`Child health check ${id} does not exist.`);
    if (child.settings.Type === 'CALCULATED') {
      throw invalidInput(`Child health check ${id} must not be a calculated health check.`);
    }
  }
  const { AlarmIdentifier: alarm } = settings;
  if (!alarm) return;
  const read = readAlarm(route53, settings);
  if (!read) throw invalidInput(`The CloudWatch alarm ${alarm.Name} in region ${alarm.Region} does not exist.`);
  if ((read.Period ?? 0) < MIN_PERIOD_SECONDS) {
    throw invalidInput(
      `The CloudWatch alarm ${alarm.Name} must have a period of ${MIN_PERIOD_SECONDS} seconds or more.`,
    );
  }
  if (!STATISTICS.includes(read.Statistic ?? '')) {
    throw invalidInput(
      `The CloudWatch alarm ${alarm.Name} must use one of these statistics: ${STATISTICS.join(', ')}.`,
    );
  }
}

/** The metric and threshold of the alarm that a check follows, as they are now. */
export function readAlarm(
  { healthChecks }: Route53,
  { AlarmIdentifier: alarm }: Settings,
): CloudWatchAlarmConfiguration | undefined {
  return alarm && healthChecks.metrics?.alarm(alarm.Region ?? '', alarm.Name ?? '');
}
