import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wrap } from '../../cli/wrap.ts';

describe('wrap()', () => {
  test('breaks between words', () => {
    expect(wrap('The shop is open now', 8)).toEqual(['The shop', 'is open', 'now']);
    expect(wrap('The shop', 8)).toEqual(['The shop']);
  });

  test('breaks a word only when it is longer than a line', () => {
    expect(wrap('see loadbalancer/app/np-1 now', 10)).toEqual(['see', 'loadbalanc', 'er/app/np-', '1 now']);
  });

  test('leaves text as it is where lines are as long as they like', () => {
    expect(wrap('a  b c', Number.POSITIVE_INFINITY)).toEqual(['a  b c']);
  });

  test('loses nothing and makes no line too long', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
