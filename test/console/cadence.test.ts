import { describe, expect, test } from '@jest/globals';
import { nextLookMs, staleMs } from '../../console/live/cadence.ts';

const idle = { isBusy: false, isVisible: true, unchanged: 0, failures: 0, tookMs: 0, isLocal: false };

describe('nextLookMs()', () => {
  test('asks for nothing while the page is hidden, whatever runs', () => {
    expect(nextLookMs({ ...idle, isVisible: false, isBusy: true })).toBeUndefined();
    expect(nextLookMs({ ...idle, isVisible: false, failures: 3 })).toBeUndefined();
  });

  test('asks once a minute while nothing runs', () => {
    expect(nextLookMs(idle)).toBe(60_000);
    expect(nextLookMs({ ...idle, unchanged: 100 })).toBe(60_000);
  });

  test('asks every second while something runs, and ever more seldom while it says the same, down to 10 s', () => {
    const looks = [0, 1, 2, 50].map((unchanged) => nextLookMs({ ...idle, isBusy: true, unchanged }));
    expect(looks).toEqual([1_000, 1_300, expect.closeTo(1_690), 10_000]);
  });

  test('puts off what fails twice as long each time, up to a minute', () => {
    const looks = [1, 2, 3, 20].map((failures) => nextLookMs({ ...idle, isBusy: true, failures }));
    expect(looks).toEqual([2_000, 4_000, 8_000, 60_000]);
  });

  test('asks the local AWS more often: it costs nothing there, and its time is sped up', () => {
    expect(nextLookMs({ ...idle, isLocal: true })).toBeLessThan(60_000);
    expect(nextLookMs({ ...idle, isLocal: true, isBusy: true, unchanged: 50 })).toBeLessThan(1_000);
  });
});

test('nextLookMs() spends at most a tenth of the time on a long list of which nothing runs', () => {
  expect(nextLookMs({ ...idle, tookMs: 9_000 })).toBe(90_000);
  expect(nextLookMs({ ...idle, isLocal: true, tookMs: 2_000 })).toBe(20_000);
});

describe('staleMs()', () => {
  test('calls nothing old that is looked at again in time', () => {
    expect(staleMs({ at: 0, dueInMs: 60_000 }, 64_000)).toBeUndefined();
  });

  test('says how old what is shown is once a look is overdue', () => {
    expect(staleMs({ at: 0, dueInMs: 60_000 }, 66_000)).toBe(66_000);
    expect(staleMs({ at: 0, dueInMs: undefined }, 40_000)).toBe(40_000);
  });

  test('calls nothing old that was not seen yet', () => {
    expect(staleMs({ at: undefined, dueInMs: 1_000 }, 99_000)).toBeUndefined();
  });
});
