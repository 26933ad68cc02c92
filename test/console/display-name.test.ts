import { domainToASCII } from 'node:url';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { displayName } from '../../console/parts/display-name.ts';
import { displayName as nodesName } from '../../domain/names/display-name.ts';

test.each([
  ['xn--bcher-kva.example', 'bücher.example'],
  ['www.xn--fsqu00a.xn--0zwm56d', 'www.例子.测试'],
  ['xn--mgbh0fb.xn--kgbechtv', 'مثال.إختبار'],
  ['xn--e1afmkfd.example', 'пример.example'],
  ['shop.example', 'shop.example'],
])('displayName() of %s is %s', (name, shown) => {
  expect(displayName(name)).toBe(shown);
});

test('displayName() says of every name what Node says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (text) => {
      const name = domainToASCII(`${text}.example`);
      fc.pre(name !== '');
      expect(displayName(name)).toBe(nodesName(name));
    }),
  );
});

test.each(['xn--.example', 'xn--a_b-.example', 'xn--99999999.example', 'xn--bcher-kv.example'])(
  'displayName() leaves %s or reads it, and never fails',
  (name) => {
    expect(typeof displayName(name)).toBe('string');
  },
);
