import { expect, test } from '@jest/globals';
import { duration, fromNow } from '../../console/parts/duration.ts';

test.each([
  [400, '0 s'],
  [40_000, '40 s'],
  [310_000, '5 min 10 s'],
  [2_700_000, '45 min'],
  [2 * 3_600_000 + 5 * 60_000, '2 h 5 min'],
  [3 * 86_400_000, '3 days'],
])('duration() of %d ms is "%s"', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test('fromNow() says on which side of now an instant is', () => {
  const now = new Date('2026-11-30T12:00:00Z');
  expect(fromNow(new Date('2026-11-30T11:57:00Z'), now)).toBe('3 min ago');
  expect(fromNow(new Date('2026-11-30T14:00:00Z'), now)).toBe('in 2 h');
  expect(fromNow(now, now)).toBe('now');
});
