import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pointer } from '../../../domain/problems/pointer.ts';
import { textProblems } from '../../../domain/problems/text-problems.ts';

describe('textProblems()', () => {
  test('B9: points at keys and strings that are no text', () => {
    expect(textProblems(JSON.parse('{"\\ud800":1,"a":{"b":["ok","x\\udfff"]},"c":"\\u0007"}'))).toEqual([
      { pointer: '#/%EF%BF%BD', detail: 'Cannot use the key: it has half a character in it (U+D800); leave it out' },
      { pointer: '#/a/b/1', detail: 'Cannot use the text: it has half a character in it (U+DFFF); leave it out' },
      { pointer: '#/c', detail: 'Cannot use the text: it has a control character in it (U+0007); leave it out' },
    ]);
  });

  test.each([{}, null, 1, 'büchér 日本 🙂', { 'ключ 🙂': ['a', { b: 'c' }] }])('takes %j', (document) => {
    expect(textProblems(document)).toEqual([]);
  });

  test('stops at what is nested too deep, however deep it is', () => {
    const deep = JSON.parse(`${'['.repeat(15_000)}${']'.repeat(15_000)}`);
    expect(textProblems(deep)).toEqual([
      { pointer: pointer(Array(32).fill(0)), detail: 'Cannot use what is nested deeper than 32 levels' },
    ]);
  });

  test('lists 20 at most', () => {
    expect(textProblems(Array(5_000).fill('\u0000'))).toHaveLength(20);
  });

  test('never fails, and neither does the pointer to what it finds', () => {
    fc.assert(
      fc.property(
        fc.anything({ key: fc.string({ unit: 'binary' }), values: [fc.string({ unit: 'binary' })] }),
        (any) => {
          for (const error of textProblems(any)) expect(error.pointer).toMatch(/^#/);
        },
      ),
    );
  });
});
