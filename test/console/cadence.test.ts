import { describe, expect, test } from '@jest/globals';
import { ageOf, nextLookMs, type Pace, untilNextMs } from '../../console/live/cadence.ts';

const idle: Pace = {
  isBusy: false,
  isLong: false,
  changesInMs: undefined,
  isVisible: true,
  unchanged: 0,
  failures: 0,
  tookMs: 0,
  isLocal: false,
};

describe('nextLookMs()', () => {
  test('asks for nothing while the page is hidden, whatever runs', () => {
    expect(nextLookMs({ ...idle, isVisible: false, isBusy: true })).toBeUndefined();
    expect(nextLookMs({ ...idle, isVisible: false, failures: 3 })).toBeUndefined();
  });

  test('asks for nothing while nothing runs, on the local AWS as little as on AWS', () => {
    expect(nextLookMs(idle)).toBeUndefined();
    expect(nextLookMs({ ...idle, isLocal: true })).toBeUndefined();
  });

  test('asks every second while something runs, and ever more seldom while it says the same, down to 10 s', () => {
    const looks = [0, 1, 2, 50].map((unchanged) => nextLookMs({ ...idle, isBusy: true, unchanged }));
    expect(looks).toEqual([1_000, 1_300, expect.closeTo(1_690), 10_000]);
  });

  test('puts off what fails twice as long each time: up to a minute while something runs, else five times', () => {
    const looks = (isBusy: boolean) => [1, 2, 3, 5, 6, 20].map((failures) => nextLookMs({ ...idle, isBusy, failures }));
    expect(looks(true)).toEqual([2_000, 4_000, 8_000, 32_000, 60_000, 60_000]);
    expect(looks(false)).toEqual([2_000, 4_000, 8_000, 32_000, undefined, undefined]);
  });

  test('asks the local AWS more often while something runs: it costs nothing there, and its time is sped up', () => {
    expect(nextLookMs({ ...idle, isLocal: true, isBusy: true, unchanged: 50 })).toBeLessThan(1_000);
  });

  test('asks when something begins or ends by itself, and the local AWS before: its clock runs ahead', () => {
    expect(nextLookMs({ ...idle, changesInMs: 7_200_000 })).toBe(7_200_000);
    expect(nextLookMs({ ...idle, changesInMs: 7_200_000, isLocal: true })).toBe(5_000);
  });

  test('sets no timer to a time that a browser takes for now', () => {
    expect(nextLookMs({ ...idle, changesInMs: 30 * 86_400_000 })).toBeLessThan(2 ** 31);
  });

  test('asks for a long list once a minute while something runs, for at most a tenth of the time', () => {
    const long = { ...idle, isLong: true };
    expect(nextLookMs({ ...long, isBusy: true })).toBe(60_000);
    expect(nextLookMs({ ...long, isBusy: true, tookMs: 9_000 })).toBe(90_000);
    expect(nextLookMs({ ...long, isBusy: true, isLocal: true, tookMs: 2_000 })).toBe(20_000);
    expect(nextLookMs(long)).toBeUndefined();
  });
});

test('untilNextMs() is how long until the next instant, and 0 for two minutes after one', () => {
  const now = new Date('2026-11-30T12:00:00Z');
  const next = (...instants: string[]) => untilNextMs(instants, now);
  expect(next()).toBeUndefined();
  expect(next('2026-11-30T11:00:00Z')).toBeUndefined();
  expect(next('2026-11-30T14:00:00Z', '2026-11-30T13:00:00Z')).toBe(3_600_000);
  expect(next('2026-11-30T11:59:00Z', '2026-11-30T13:00:00Z')).toBe(0);
});

test('ageOf() tells an age by the minute, the hour, the day, and offers to look again from three minutes on', () => {
  const minutes = (much: number) => Object.values(ageOf(much * 60_000));
  expect(minutes(0.9)).toEqual(['less than a minute ago', false]);
  expect(minutes(1)).toEqual(['1 minute ago', false]);
  expect(minutes(3)).toEqual(['3 minutes ago', true]);
  expect(minutes(60)).toEqual(['1 hour ago', true]);
  expect(minutes(72 * 60)).toEqual(['3 days ago', true]);
});
