import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { visibleRange } from '../../console/parts/visible-range.ts';

const rowHeight = 40;

test('visibleRange() draws every row that is in sight, and few more', () => {
  fc.assert(
    fc.property(
      fc.record({
        aboveTop: fc.integer({ min: -2_000, max: 300_000 }),
        windowHeight: fc.integer({ min: 1, max: 3_000 }),
      }),
      fc.integer({ min: 0, max: 6_000 }),
      (scrolled, count) => {
        const { first, end } = visibleRange({ ...scrolled, rowHeight, count });
        const { aboveTop, windowHeight } = scrolled;
        for (let row = 0; row < count; row += 1) {
          const isSeen = (row + 1) * rowHeight > aboveTop && row * rowHeight < aboveTop + windowHeight;
          if (isSeen && (row < first || row >= end)) return false;
        }
        return first >= 0 && end <= count && first <= end && end - first <= windowHeight / rowHeight + 34;
      },
    ),
    { numRuns: 200 },
  );
});

test('visibleRange() stays the same while a row or two are scrolled by', () => {
  const at = (aboveTop: number) => visibleRange({ aboveTop, windowHeight: 800, rowHeight, count: 5_000 });
  expect(at(4_010)).toEqual(at(4_040));
});
