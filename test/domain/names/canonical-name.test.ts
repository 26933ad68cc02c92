import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalName } from '../../../domain/names/canonical-name.ts';
import { displayName } from '../../../domain/names/display-name.ts';
import { REFUSED, TAKEN } from './corpus.ts';

describe('canonicalName()', () => {
  test.each(Object.entries(TAKEN))('takes %j as %j', (typed, name) => {
    expect(canonicalName(typed)).toEqual({ name });
  });

  const refused = Object.entries(REFUSED).flatMap(([reason, names]) => names.map((typed) => [typed, reason] as const));

  test.each(refused)('refuses %j: %s', (typed, reason) => {
    expect(canonicalName(typed).problem?.reason).toBe(reason);
  });

  test('is tried on a corpus of at least 200 names', () => {
    expect(Object.keys(TAKEN).length + refused.length).toBeGreaterThanOrEqual(200);
  });

  test('S10: repeats nothing in its sentences that could break or colour a line', () => {
    for (const [typed] of refused) {
      const { message = '' } = canonicalName(typed).problem ?? {};
      expect(message).toMatch(/^Cannot use [^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]{1,400}$/u);
      expect(message.endsWith('.')).toBe(false);
    }
  });

  test('says what to give instead of a pasted URL', () => {
    expect(canonicalName('https://user@Shop.Example.com:8443/a?b').problem?.message).toBe(
      'Cannot use "https://user@Shop.Example.com:8443/a?b": give only the name, such as "shop.example.com", without scheme, port, path or spaces',
    );
  });

  test.each([
    'user@shop.example.com',
    'shop.example.com:443',
    'shop.example.com, www.shop.example.com',
    'ftp://shop.example.com',
  ])('sees the name in %j', (typed) => {
    expect(canonicalName(typed).problem?.message).toContain('give only the name, such as "shop.example.com", without');
  });

  test.each(['my shop.example.com', "it's.example.com", '$(id).example.com'])('suggests nothing for %j', (typed) => {
    expect(canonicalName(typed).problem?.message).toContain('give only the name, without');
  });

  test('says which label it stumbled over', () => {
    expect(canonicalName('www.-shop.example.com').problem?.message).toBe(
      'Cannot use "www.-shop.example.com": its label "-shop" must be letters, digits and hyphens, with no hyphen at either end',
    );
  });
});

describe('the canonical form', () => {
  const written = fc.oneof(
    fc.domain(),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }).map((label) => `${label}.example`),
    fc
      .tuple(fc.constantFrom(...Object.keys(TAKEN)), fc.constantFrom('', 'www.', 'ÄÖ.', 'xn--'))
      .map(([name, front]) => front + name),
    fc.constantFrom(...Object.values(REFUSED).flat()),
  );

  test('is a fixed point', () => {
    fc.assert(
      fc.property(written, (typed) => {
        const { name } = canonicalName(typed);
        if (name !== undefined) expect(canonicalName(name)).toEqual({ name });
      }),
      { numRuns: 2_000 },
    );
  });

  test('comes back from the way people read it', () => {
    fc.assert(
      fc.property(written, (typed) => {
        const { name } = canonicalName(typed);
        if (name !== undefined) expect(canonicalName(displayName(name))).toEqual({ name });
      }),
      { numRuns: 2_000 },
    );
  });

  test('is lower case letters, digits, hyphens and dots, at most 253 of them', () => {
    fc.assert(
      fc.property(written, (typed) => {
        const { name } = canonicalName(typed);
        if (name !== undefined) expect(name).toMatch(/^(?=.{3,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/);
      }),
      { numRuns: 2_000 },
    );
  });

  test('does not depend on case or a trailing dot', () => {
    fc.assert(
      fc.property(fc.domain(), (typed) => {
        expect(canonicalName(`${typed.toUpperCase()}.`).name).toBe(canonicalName(typed).name);
      }),
    );
  });
});

test('displayName() shows the letters that an A-label stands for', () => {
  expect(displayName('www.xn--bcher-kva.example')).toBe('www.bücher.example');
  expect(displayName('shop.example.test')).toBe('shop.example.test');
});
