import { describe, expect, test } from '@jest/globals';
import { type AlarmMemory, type AlarmReading, alarmDueAt, observedAlarm } from '../../../domain/failover/alarm.ts';

const arn = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:shop-down';
const minute = (count: number) => new Date(Date.parse('2026-12-01T12:00:00.000Z') + count * 60_000);

const aReading = (
  state: AlarmReading['state'],
  since: number,
  { badPeriods = 3, periodSeconds = 60, isMuted = false }: Partial<AlarmReading> = {},
): AlarmReading => ({ state, since: minute(since).toISOString(), badPeriods, periodSeconds, isMuted });

/** What comes of readings, each at its minute. */
function after(
  first: [at: number, reading: AlarmReading],
  ...readings: [at: number, reading: AlarmReading][]
): AlarmMemory {
  const observe = (before: AlarmMemory | undefined, [at, reading]: [number, AlarmReading]) =>
    observedAlarm(before, { arn, reading, now: minute(at) });
  return readings.reduce(observe, observe(undefined, first));
}

type Readings = [first: [at: number, reading: AlarmReading], ...readings: [at: number, reading: AlarmReading][]];

const asks = (...readings: Readings) => after(...readings).asks;

describe('F1: the page goes on after three bad periods in a row', () => {
  test.each<[string, Readings, 'on' | 'off']>([
    ['at once where the alarm itself needs three', [[0, aReading('ALARM', 0)]], 'on'],
    ['not at once where it needs one', [[0, aReading('ALARM', 0, { badPeriods: 1 })]], 'off'],
    ['two periods later where it needs one', [[2, aReading('ALARM', 0, { badPeriods: 1 })]], 'on'],
    ['not a second earlier', [[1.9, aReading('ALARM', 0, { badPeriods: 1 })]], 'off'],
    ['one period later where it needs two', [[5, aReading('ALARM', 0, { badPeriods: 2, periodSeconds: 300 })]], 'on'],
    ['not for an alarm that is muted', [[9, aReading('ALARM', 0, { isMuted: true })]], 'off'],
    ['not for one without data', [[9, aReading('INSUFFICIENT_DATA', 0)]], 'off'],
  ])('%s', (_, readings, expected) => {
    expect(asks(...readings)).toBe(expected);
  });
});

describe('F1: the origin is back after ten healthy minutes', () => {
  const bad: [number, AlarmReading] = [0, aReading('ALARM', 0)];
  test.each<[string, Readings, 'on' | 'off']>([
    ['not after nine', [bad, [14, aReading('OK', 5)]], 'on'],
    ['after ten', [bad, [15, aReading('OK', 5)]], 'off'],
    [
      'counted anew after another failure',
      [bad, [8, aReading('OK', 5)], [9, aReading('ALARM', 9)], [16, aReading('OK', 12)]],
      'on',
    ],
    ['not while it is muted', [bad, [20, aReading('OK', 5, { isMuted: true })]], 'on'],
    ['not while it has no data', [bad, [30, aReading('INSUFFICIENT_DATA', 5)]], 'on'],
  ])('%s', (_, readings, expected) => {
    expect(asks(...readings)).toBe(expected);
  });
});

test('F1: an alarm that would switch a third time within 30 minutes is held back until the first is 30 minutes old', () => {
  const twice: Readings = [
    [0, aReading('ALARM', 0)],
    [12, aReading('OK', 2)],
  ];
  const third = after(...twice, [13, aReading('ALARM', 13)]);
  expect(third).toMatchObject({ asks: 'off', heldUntil: minute(30).toISOString() });
  expect(alarmDueAt(third)).toBe(minute(30).toISOString());
  const later = observedAlarm(third, { arn, reading: aReading('ALARM', 13), now: minute(30) });
  expect(later).toMatchObject({ asks: 'on', flips: [minute(12).toISOString(), minute(30).toISOString()] });
  expect(later.heldUntil).toBeUndefined();
});

test('W10: what was read counts, so the same reading twice changes nothing', () => {
  const once = after([5, aReading('ALARM', 0)]);
  const again = observedAlarm(once, { arn, reading: aReading('ALARM', 0), now: minute(6) });
  expect(again).toEqual(once);
});

test('another alarm than before begins anew', () => {
  const before = after([0, aReading('ALARM', 0)]);
  const other = observedAlarm(before, { arn: `${arn}-2`, reading: aReading('OK', 1), now: minute(2) });
  expect(other).toMatchObject({ arn: `${arn}-2`, asks: 'off', flips: [] });
});

test('alarmDueAt() is when the rule is met without another change of the alarm', () => {
  expect(alarmDueAt(after([0, aReading('ALARM', 0, { badPeriods: 1 })]))).toBe(minute(2).toISOString());
  expect(alarmDueAt(after([0, aReading('ALARM', 0)], [6, aReading('OK', 5)]))).toBe(minute(15).toISOString());
  expect(alarmDueAt(after([0, aReading('OK', -30)]))).toBeUndefined();
});
