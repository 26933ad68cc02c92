import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable } from '../../domain/printable.ts';

test('S10: printable() escapes what breaks, colours or turns a line', () => {
  expect(printable('a\r\nb\u001b[31mc\u202ed\u2028e')).toBe('a\\u{d}\\u{a}b\\u{1b}[31mc\\u{202e}d\\u{2028}e');
});

test('S8: printable() shows what cannot be seen, and what no encoding takes', () => {
  expect(printable('sh\u200dop\u00ad\ufeff.\ud800')).toBe('sh\\u{200d}op\\u{ad}\\u{feff}.\\u{d800}');
  expect(printable('büchér 日本 🙂')).toBe('büchér 日本 🙂');
});

test('S10: printable() caps a field at 1 KiB, whatever its characters', () => {
  expect(Buffer.byteLength(printable('x'.repeat(5_000)))).toBe(1_024);
  for (const text of ['ü', '日', '🙂', 'a🙂', '\u001b']) {
    const shown = printable(text.repeat(1_500));
    expect(Buffer.byteLength(shown)).toBeGreaterThan(1_010);
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(1_024);
    expect(shown.isWellFormed()).toBe(true);
  }
  expect(printable('x'.repeat(5_000)).endsWith('…')).toBe(true);
  expect(printable('x'.repeat(1_024))).not.toContain('…');
});

test('printable() leaves its own results alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
      expect(printable(printable(text))).toBe(printable(text));
    }),
  );
});
