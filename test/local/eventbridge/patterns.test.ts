import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../local/services/eventbridge/patterns/json.ts';
import { eventPattern } from '../../../local/services/eventbridge/patterns/pattern.ts';

const meets = (pattern: Json, event: Json): boolean => eventPattern(JSON.stringify(pattern))(event);

describe('an event pattern is met', () => {
  test.each<[string, Json, Json, boolean]>([
    ['by one of the values listed', { source: ['a', 'b'] }, { source: 'b' }, true],
    ['not by another value', { source: ['a'] }, { source: 'b' }, false],
    ['by every field together', { source: ['a'], 'detail-type': ['x'] }, { source: 'a', 'detail-type': 'y' }, false],
    ['whatever else the event has', { source: ['a'] }, { source: 'a', more: 1 }, true],
    ['inside', { detail: { Action: ['RENEWAL'] } }, { detail: { Action: 'RENEWAL' } }, true],
    ['by an item of a list', { resources: ['arn:1'] }, { resources: ['arn:0', 'arn:1'] }, true],
    ['by null', { detail: { a: [null] } }, { detail: { a: null } }, true],
    ['by numbers as numbers', { detail: { n: [3] } }, { detail: { n: '3' } }, false],
    [
      'by one object of a list, not by two',
      { l: { a: [1], b: [2] } },
      {
        l: [
          { a: 1, b: 1 },
          { a: 2, b: 2 },
        ],
      },
      false,
    ],
    ['by the one object of a list', { l: { a: [1], b: [2] } }, { l: [{ a: 0 }, { a: 1, b: 2 }] }, true],
    ['by prefix', { s: [{ prefix: 'ab' }] }, { s: 'abc' }, true],
    ['by prefix in either case', { s: [{ prefix: { 'equals-ignore-case': 'AB' } }] }, { s: 'abc' }, true],
    ['by suffix', { s: [{ suffix: '.jpg' }] }, { s: 'a.png' }, false],
    ['by suffix in either case', { s: [{ suffix: { 'equals-ignore-case': '.JPG' } }] }, { s: 'a.jpg' }, true],
    ['by equals-ignore-case', { s: [{ 'equals-ignore-case': 'Alice' }] }, { s: 'aLICE' }, true],
    ['by wildcard', { s: [{ wildcard: 'dir/*/f*.txt' }] }, { s: 'dir/a/b/f1.txt' }, true],
    ['by an escaped wildcard', { s: [{ wildcard: 'a\\*b' }] }, { s: 'a*b' }, true],
    ['by an escaped wildcard only as it is', { s: [{ wildcard: 'a\\*b' }] }, { s: 'axb' }, false],
    ['by anything-but a value', { s: [{ 'anything-but': 'a' }] }, { s: 'b' }, true],
    ['by anything-but a list', { n: [{ 'anything-but': [1, 2] }] }, { n: 2 }, false],
    ['not by anything-but when the field is missing', { s: [{ 'anything-but': 'a' }] }, {}, false],
    ['by anything-but a prefix', { s: [{ 'anything-but': { prefix: 'init' } }] }, { s: 'initializing' }, false],
    ['by anything-but suffixes', { s: [{ 'anything-but': { suffix: ['.a', '.b'] } }] }, { s: 'x.c' }, true],
    ['by anything-but in either case', { s: [{ 'anything-but': { 'equals-ignore-case': 'x' } }] }, { s: 'X' }, false],
    ['by anything-but a wildcard', { s: [{ 'anything-but': { wildcard: '*/lib/*' } }] }, { s: 'a/lib/b' }, false],
    ['by a number in range', { n: [{ numeric: ['>', 0, '<=', 5] }] }, { n: 5 }, true],
    ['not by a number outside', { n: [{ numeric: ['>', 0, '<=', 5] }] }, { n: 0 }, false],
    ['not by a number as text', { n: [{ numeric: ['=', 5] }] }, { n: '5' }, false],
    ['by exists', { s: [{ exists: true }] }, { s: null }, true],
    ['by exists: false', { s: [{ exists: false }] }, { t: 1 }, true],
    ['not by exists: false when it is there', { s: [{ exists: false }] }, { s: 1 }, false],
    ['by cidr', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.255' }, true],
    ['by cidr of IPv6', { ip: [{ cidr: '2001:db8::/32' }] }, { ip: '2001:db9::1' }, false],
    ['by $or', { $or: [{ a: [1] }, { b: [{ exists: true }] }] }, { b: 0 }, true],
    ['by $or inside and its siblings', { d: { c: [1], $or: [{ a: [1] }, { b: [1] }] } }, { d: { c: 2, a: 1 } }, false],
  ])('%s', (_, pattern, event, expected) => {
    expect(meets(pattern, event)).toBe(expected);
  });
});

test.each<[string, string]>([
  ['{', 'Filter is not an object'],
  ['[]', 'Filter is not an object'],
  ['{}', 'Empty objects are not allowed'],
  ['{"detail": {}}', 'Empty objects are not allowed'],
  ['{"source": []}', 'Empty arrays are not allowed'],
  ['{"source": "a"}', '"source" must be an object or an array'],
  ['{"source": [{"starts": "a"}]}', 'Unrecognized match type starts'],
  ['{"source": [{"exists": "true"}]}', 'exists match pattern must be either true or false.'],
  ['{"n": [{"numeric": [">", "25"]}]}', 'Value of > must be numeric'],
  ['{"n": [{"numeric": ["!", 1]}]}', 'Unrecognized numeric range operator: !'],
  ['{"n": [{"cidr": "10.0.0.0"}]}', "Malformed CIDR, one '/' required"],
  ['{"n": [{"cidr": "10.0.0.0/x"}]}', 'Malformed CIDR, mask bits must be an integer'],
  ['{"n": [{"cidr": "xx.11.xx/8"}]}', 'Nonstandard IP address: xx.11.xx'],
  ['{"n": [{"cidr": ["10.0.0.0/8"]}]}', 'prefix match pattern must be a string'],
  ['{"n": [{"cidr": "10.0.0.0/33"}]}', 'Malformed CIDR, mask bits must not be more than 32'],
  ['{"s": [{"prefix": "a", "suffix": "b"}]}', 'Only one key allowed in match expression'],
  ['{"s": [{"wildcard": "a**b"}]}', 'Consecutive wildcard characters at pos 2'],
  ['{"s": [{"wildcard": "*:*:*:*:*:event-bus/*"}]}', 'Rule is too complex - try using fewer wildcard characters'],
  ['{"s": [{"exists": true, "prefix": "a"}]}', 'Only one key allowed in match expression'],
  ['{"s": [{"anything-but": {"prefix": 1}}]}', 'prefix/suffix match pattern must be a string'],
  ['{"s": [{"anything-but": {"suffix": [1, "a"]}}]}', 'prefix/suffix match pattern must be a string'],
  ['{"s": [{"anything-but": {"wildcard": [1, "a"]}}]}', 'wildcard match pattern must be a string'],
  [
    '{"s": [{"anything-but": {"prefix": {"equals-ignore-case": "a"}}}]}',
    'Value of anything-but must be an array or single string/number value.',
  ],
  [
    '{"s": [{"anything-but": {"equals-ignore-case": [1]}}]}',
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  ],
  ['{"s": [{"anything-but": null}]}', 'Value of anything-but must be an array or single string/number value.'],
  ['{"s": [{"anything-but": true}]}', 'Value of anything-but must be an array or single string/number value.'],
  ['{"s": [{"anything-but": [null]}]}', 'Inside anything but list, either all values are number or string'],
  ['{"s": [{"anything-but": ["a", 1]}]}', 'Inside anything but list, either all values are number or string'],
  ['{"s": [{"anything-but": {"prefix": ""}}]}', 'Null prefix not allowed'],
  ['{"s": [{"anything-but": {"suffix": ["a", ""]}}]}', 'Null suffix not allowed'],
  ['{"n": [{"numeric": []}]}', 'Invalid member in numeric match: ]'],
  ['{"n": [{"numeric": [1, "<="]}]}', 'Invalid member in numeric match: 1'],
  ['{"n": [{"numeric": ["=", "0"]}]}', 'Value of equals must be numeric'],
  ['{"n": [{"numeric": [">", 20, 30]}]}', 'Bad value in numeric range: 30'],
  ['{"n": [{"numeric": [">"]}]}', 'Value of > must be numeric'],
  ['{"n": [{"numeric": [">", 0, "<"]}]}', 'Value of < must be numeric'],
  ['{"n": [{"numeric": [">", 5, "<", 5]}]}', 'Bottom must be less than top'],
  ['{"n": [{"numeric": ["<", 5, ">", 0]}]}', 'Too many elements in numeric expression'],
  ['{"n": [{"numeric": ["=", 5, "<", 9]}]}', 'Too many elements in numeric expression'],
  ['{"n": [{"numeric": [">", 0, ">", 5]}]}', 'Bad numeric range operator: >'],
  ['{"n": [{"numeric": [">", 0, "<", 5, "<", 9]}]}', 'Too many terms in numeric range expression'],
  ['{"n": [{"numeric": ["<", 6000000000]}]}', 'Value must be between -5000000000 and 5000000000, inclusive'],
  ['{"s": [["a"]]}', 'Match value must be String, number, true, false, or null'],
])('%s is refused: %s', (pattern, reason) => {
  expect(() => eventPattern(pattern)).toThrow(`Event pattern is not valid. Reason: ${reason}`);
});
