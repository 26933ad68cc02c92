import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonError } from '../../../domain/problems/json-error.ts';

test.each([
  ['{"domain": }', 1, 12, '"}" is not expected'],
  ['{"domain": "a",\n  "aliases": [}', 2, 15, '"}" is not expected'],
  ['{"domain": "a",}', 1, 16, '"}" is not expected'],
  ["{'domain': 1}", 1, 2, '"\'" is not expected'],
  ['{"a": 1} {"b": 2}', 1, 10, '"{" is not expected'],
  ['{"a":\n"shop', 2, 1, 'a string that has no end begins'],
  ['{"a": "sh\\"op', 1, 7, 'a string that has no end begins'],
  ['{"a": "\\x"}', 1, 7, 'a string with a control character or a wrong escape begins'],
  ['{"a" "b"}', 1, 6, '"\\"" is not expected'],
  ['{"a": 1', 1, 8, 'it ends too early'],
  ['[1, 2', 1, 6, 'it ends too early'],
  ['[1}', 1, 3, '"}" is not expected'],
  ['{"a": 01}', 1, 8, '"1" is not expected'],
  ['domain=shop', 1, 1, '"d" is not expected'],
  ['{"a": "\t"}', 1, 7, 'a string with a control character or a wrong escape begins'],
  ['🙂', 1, 1, '"🙂" is not expected'],
])('jsonError() finds where %j breaks', (text, line, column, detail) => {
  expect(jsonError(text)).toEqual({ line, column, detail });
});

test('jsonError() agrees with JSON.parse on what is JSON', () => {
  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', '}', ',', '"', '\\', '{', '[', ':', '0', '-', 'e', 'x', '\n', ' '))
    .map(([text, at, junk]) => text.slice(0, at % (text.length + 1)) + junk + text.slice((at % (text.length + 1)) + 1));
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken, fc.string({ unit: 'binary' })), (text) => {
      expect(jsonError(text) === undefined).toBe(isJson(text));
    }),
    { numRuns: 5_000 },
  );
});

test('S11: jsonError() reads deep nesting without running out of stack', () => {
  expect(jsonError('['.repeat(32_768))).toMatchObject({ column: 32_769, detail: 'it ends too early' });
});
