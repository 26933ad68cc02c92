import { expect, test } from '@jest/globals';
import { schedule } from '../../../local/services/eventbridge/schedules/schedule.ts';

const next = (expression: string, after: string): string | undefined =>
  schedule(expression)(new Date(after))?.toISOString().replace(':00.000Z', 'Z');

// 2026-11-22 is a Sunday.
test.each([
  ['rate(5 minutes)', '2026-11-22T12:00Z', '2026-11-22T12:05Z'],
  ['rate(1 hour)', '2026-11-22T12:30Z', '2026-11-22T13:30Z'],
  ['rate(1 day)', '2026-11-22T12:30Z', '2026-11-23T12:30Z'],
  ['cron(0 12 * * ? *)', '2026-11-22T11:59Z', '2026-11-22T12:00Z'],
  ['cron(0 12 * * ? *)', '2026-11-22T12:00Z', '2026-11-23T12:00Z'],
  ['cron(0/15 * * * ? *)', '2026-11-22T12:46Z', '2026-11-22T13:00Z'],
  ['cron(0/15 8-17 ? * MON-FRI *)', '2026-11-22T12:00Z', '2026-11-23T08:00Z'],
  ['cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)', '2026-11-22T12:00Z', '2026-11-23T08:00Z'],
  ['cron(1-31/30 1-1 ? * 1,7 *)', '2026-11-22T12:00Z', '2026-11-28T01:01Z'],
  ['cron(0 8 1 * ? *)', '2026-11-22T12:00Z', '2026-12-01T08:00Z'],
  ['cron(30 4 L * ? *)', '2026-11-22T12:00Z', '2026-11-30T04:30Z'],
  ['cron(0 0 29 2 ? *)', '2026-11-22T12:00Z', '2028-02-29T00:00Z'],
  ['cron(0 10 ? * 6L *)', '2026-11-22T12:00Z', '2026-11-27T10:00Z'],
  ['cron(0 10 ? * 2#1 *)', '2026-11-22T12:00Z', '2026-12-07T10:00Z'],
  ['cron(0 10 15W * ? *)', '2026-10-31T12:00Z', '2026-11-16T10:00Z'],
  ['cron(0 10 ? DEC SUN 2026,2028)', '2026-12-28T00:00Z', '2028-12-03T10:00Z'],
])('%s after %s comes at %s', (expression, after, expected) => {
  expect(next(expression, after)).toBe(expected);
});

test('a cron of past years never comes', () => {
  expect(next('cron(0 0 1 1 ? 2020)', '2026-11-22T12:00Z')).toBeUndefined();
});

test.each([
  'rate(1 minutes)',
  'rate(5 minute)',
  'rate(0 minutes)',
  'rate(5 seconds)',
  'rate( 5 minutes )',
  ' rate(5 minutes)',
  'every(5 minutes)',
  'cron(0 12 * * * *)',
  'cron(0 12 ? * ? *)',
  'cron(0 12 * * ?)',
  'cron(60 12 * * ? *)',
  'cron(0/70 12 * * ? *)',
  'cron(0 12 0W * ? *)',
  'cron(0 12 32W * ? *)',
  'cron(0 12 * FOO ? *)',
])('%s is refused', (expression) => {
  expect(() => schedule(expression)).toThrow('Parameter ScheduleExpression is not valid.');
});
