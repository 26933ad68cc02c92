import { AwsError } from '../../../wire/service.ts';
import { cron, type Schedule } from './cron.ts';

const UNITS_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** "rate(5 minutes)" or "cron(0 12 * * ? *)". A rate counts from the instant it is asked from. */
export function schedule(expression: string): Schedule {
  const [, kind, body = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  const found = kind === 'cron' ? cron(body) : rate(body);
  if (!kind || !found) throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  return found;
}

/** The unit is singular for 1 and plural for more; a space before the count or after the unit is an error, as recordings of AWS show. */
function rate(body: string): Schedule | undefined {
  const [, count = '', unit = '', plural = ''] = /^(\d+) +(minute|hour|day)(s?)$/.exec(body) ?? [];
  const ms = Number(count) * (UNITS_MS[unit] ?? 0);
  if (ms <= 0 || (count === '1') !== (plural === '')) return undefined;
  return (after) => new Date(after.getTime() + ms);
}
