import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { conditionName, recordName, wireName } from '../../../local/services/route53/record-name.ts';
import { orderOf } from '../../../local/services/route53/record-order.ts';

/** A label of any bytes but control characters, as an input may write it: raw, escaped or in capitals. */
const character = fc.oneof(
  fc.constantFrom(...'abcXYZ019-_*!@#$%&()+,/:;<=>?[]^`{|}~"'),
  fc.integer({ min: 0, max: 255 }).map((code) => `\\${code.toString(8).padStart(3, '0')}`),
);
const label = fc.array(character, { minLength: 1, maxLength: 12 }).map((characters) => characters.join(''));
const name = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));

describe('R20: recordName() gives a name its one form', () => {
  test.each([
    ['Shop.Example.Test', 'shop.example.test.'],
    ['shop.example.test.', 'shop.example.test.'],
    ['*.example.test', '\\052.example.test.'],
    ['\\052.example.test', '\\052.example.test.'],
    ['\\*.example.test', '\\052.example.test.'],
    ['_x.a/b.test', '_x.a\\057b.test.'],
    ['\\101.test', 'a.test.'],
    ['a\\056b.test', 'a\\056b.test.'],
    ['a\\.b.test', 'a\\056b.test.'],
  ])('"%s" is "%s"', (text, form) => {
    expect(recordName(text)).toBe(form);
  });

  test('the one form of the one form is itself', () => {
    fc.assert(
      fc.property(name, (text) => expect(recordName(recordName(text))).toBe(recordName(text))),
      { numRuns: 2000 },
    );
  });

  test('with and without the trailing dot, and in any case, it is the same name', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(recordName(`${text}.`)).toBe(recordName(text));
        expect(recordName(text.toUpperCase())).toBe(recordName(text.toLowerCase()));
      }),
    );
  });

  test('it is made of letters, digits, hyphen, underscore, dots and octal codes', () => {
    fc.assert(
      fc.property(name, (text) => expect(recordName(text)).toMatch(/^(?:(?:[a-z0-9_-]|\\[0-3][0-7]{2})+\.)+$/)),
    );
  });

  test('a name that goes over the wire comes back as the same name', () => {
    fc.assert(
      fc.property(name, (text) => {
        const wire = wireName(recordName(text));
        fc.pre(wire !== undefined);
        const readable = String(wire).replace(
          /[^!-[\]-~]/g,
          (odd) => `\\${odd.charCodeAt(0).toString(8).padStart(3, '0')}`,
        );
        expect(recordName(readable.replaceAll('\\\\', '\\134'))).toBe(recordName(text));
      }),
    );
  });

  test.each([
    ['', 'DomainNameEmpty'],
    ['.', 'DomainNameEmpty'],
    ['a..test', 'DomainLabelEmpty'],
    ['.test', 'DomainLabelEmpty'],
    ['a b.test', 'UnsupportedCharacter'],
    ['ümlaut.test', 'UnsupportedCharacter'],
    [`${'x'.repeat(64)}.test`, 'DomainLabelTooLong'],
    [`${'abcdefgh.'.repeat(29)}test`, 'DomainNameTooLong'],
  ])('"%s" is no name', (text, problem) => {
    expect(() => recordName(text)).toThrow(problem);
  });
});

test('conditionName() writes names as IAM conditions do, and leaves what is no name alone', () => {
  expect(conditionName('*.Example.Test.')).toBe('\\052.example.test');
  expect(conditionName('a..b')).toBe('a..b');
});

test('wireName() has no name for a label with a dot or a byte over 127', () => {
  expect(wireName('\\052.example.test.')).toBe('*.example.test');
  expect(wireName('a\\056b.test.')).toBeUndefined();
  expect(wireName('\\374.test.')).toBeUndefined();
});

test('orderOf() sorts by reversed labels, the trailing dot included', () => {
  const sorted = [
    'example.test.',
    'a.example.test.',
    'www.example.test.',
    '\\052.example.test.',
    'example-2.test.',
    'b.test.',
  ];
  expect([...sorted].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))).toEqual([
    'b.test.',
    'example-2.test.',
    'example.test.',
    '\\052.example.test.',
    'a.example.test.',
    'www.example.test.',
  ]);
});
