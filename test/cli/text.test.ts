import { expect, test } from '@jest/globals';
import { paint, takesColors } from '../../cli/paint.ts';
import { failoverText } from '../../cli/text/failover-text.ts';
import { fit } from '../../cli/text/fit.ts';
import { table } from '../../cli/text/table.ts';
import { zoneLines } from '../../cli/text/zone-lines.ts';

const widths = (text: string): number[] => text.split('\n').map(({ length }) => length);

test('fit() breaks a line between words and leaves the columns of what fits', () => {
  expect(fit('  + record    Create the record\nshort', 20)).toBe('  + record    Create\n      the record\nshort');
});

test('fit() breaks a word that no line has room for, and no painted one', () => {
  expect(fit(`x ${'a'.repeat(25)}`, 12)).toBe(
    `x\n    ${'a'.repeat(8)}\n    ${'a'.repeat(8)}\n    ${'a'.repeat(8)}\n    a`,
  );
  const painted = paint('red', 'one two three four', true);
  expect(fit(painted, 10)).toBe('\u001b[31mone two\n   three\n   four\u001b[39m');
});

test('table() wraps its last column, and puts each row into lines of its own where that is too narrow', () => {
  const rows = [['shop.example.test', 'CNAME', 'a value of several words that is long']];
  const wide = table(['name', 'type', 'value'], rows, 60);
  expect(wide.split('\n')).toEqual([
    'name               type   value',
    'shop.example.test  CNAME  a value of several words that is',
    '                          long',
  ]);
  const narrow = table(
    ['name', 'type', 'value'],
    [[`${'long.'.repeat(8)}test`, 'CNAME', 'a value of several words']],
    60,
  );
  expect(narrow.split('\n')).toEqual([
    `name   ${'long.'.repeat(8)}test`,
    'type   CNAME',
    'value  a value of several words',
  ]);
  expect(Math.max(...widths(narrow))).toBeLessThanOrEqual(60);
});

test('table() shows what would move the cursor as its code', () => {
  expect(table(['a'], [['\u001b[2J']], 80)).toContain('\\u{1b}[2J');
});

test('zoneLines() quotes and splits TXT, ends names with a dot, and says of ALIAS that DNS has no such type', () => {
  const line = (type: 'TXT' | 'CNAME' | 'A' | 'ALIAS', ...values: string[]) =>
    zoneLines([{ name: 'shop.example.com', type, values, ttlSeconds: 300 }]);
  expect(line('CNAME', 'x.acm-validations.aws')).toEqual(['shop.example.com. 300 IN CNAME x.acm-validations.aws.']);
  expect(line('A', '203.0.113.1', '203.0.113.2')).toHaveLength(2);
  expect(line('TXT', 'say "so"')).toEqual(['shop.example.com. 300 IN TXT "say \\"so\\""']);
  expect(line('TXT', 'a'.repeat(300))).toEqual([
    `shop.example.com. 300 IN TXT "${'a'.repeat(255)}" "${'a'.repeat(45)}"`,
  ]);
  expect(line('ALIAS', 'lb.example.net')[0]).toMatch(
    /^; shop\.example\.com\. 300 IN ALIAS lb\.example\.net\. {2}; ALIAS, /,
  );
});

test.each([
  ['a terminal', { isTTY: true }, {}, true],
  ['a pipe', {}, {}, false],
  ['a terminal with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, false],
  ['a terminal with an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, true],
  ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }, false],
])('takesColors() of %s', (_, stream, env, expected) => {
  expect(takesColors(stream, env)).toBe(expected);
});

const failover = { armed: true, on: 'origin', hold: false } as const;
const seenAt = { at: '2026-11-30T17:00:00.000Z', isReady: false };
test.each([
  ['one that stands by', failover, 'stands by'],
  [
    'a page that Route 53 leads viewers to',
    { ...failover, on: 'page' as const, cause: 'health-check' as const, since: '2026-11-30T16:50:00.000Z' },
    'viewers see it since 2026-11-30 16:50 UTC, led there by Route 53, since the health check fails',
  ],
  [
    'one that would fail, once though two say why',
    { ...failover, armed: false, why: 'no page', hold: true, page: { ...seenAt, problems: ['no page'] } },
    'would not be shown now: no page; locked: neither a window nor the alarm switches',
  ],
  [
    'one whose alarm is gone',
    { ...failover, healthCheckAlarm: { ...seenAt, problems: ['The alarm is missing'] } },
    'stands by; The alarm is missing',
  ],
])('failoverText() of %s', (_, view, text) => {
  expect(failoverText(view)).toBe(text);
});
