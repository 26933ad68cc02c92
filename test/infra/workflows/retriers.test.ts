import { describe, expect, test } from '@jest/globals';
import { retriersOf } from '../../../infra/workflows/retriers.ts';

describe('retriersOf()', () => {
  test('grows from the first wait to the longest, and counts the attempts that fill the time', () => {
    const [retrier] = retriersOf({ NotReady: 'from 15 s to 10 min, for 30 min' });
    expect(retrier).toEqual({
      ErrorEquals: ['NotReady'],
      IntervalSeconds: 15,
      BackoffRate: 1.5,
      MaxDelaySeconds: 600,
      // 15 + 22.5 + 33.75 + 50.6 + 75.9 + 113.9 + 170.9 + 256.3 + 384.4 = 1,123 s; one wait of 577 s and one of 600 s more.
      MaxAttempts: 11,
    });
  });

  test('grows as slowly as the words say', () => {
    const [retrier] = retriersOf({ NotReady: 'from 10 s by 1.25 to 12 s, for 34 s' });
    expect(retrier).toMatchObject({ IntervalSeconds: 10, BackoffRate: 1.25, MaxDelaySeconds: 12, MaxAttempts: 3 });
  });

  test('waits equally long each time where it says "every"', () => {
    const [retrier] = retriersOf({ NotReady: 'every 5 s, for 2 min' });
    expect(retrier).toEqual({ ErrorEquals: ['NotReady'], IntervalSeconds: 5, BackoffRate: 1, MaxAttempts: 24 });
  });

  test('has a retrier for each error, in their order', () => {
    const retriers = retriersOf({ Awaited: 'every 1 h, for 15 days', NotReady: 'every 5 s, for 100 s' });
    expect(retriers.map(({ ErrorEquals }) => ErrorEquals)).toEqual([['Awaited'], ['NotReady']]);
  });

  test.each([
    'for 5 min',
    'from 5 s to 30 s',
    'every 5 s for 100 s',
    'from 5 to 30 s, for 5 min',
    'every 1 week, for 100 s',
  ])('refuses "%s"', (words) => {
    expect(() => retriersOf({ NotReady: words })).toThrow(`Cannot read "${words}"`);
  });
});
