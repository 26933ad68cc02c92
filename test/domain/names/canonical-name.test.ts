import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalName } from '../../../domain/names/canonical-name.ts';
import { displayName } from '../../../domain/names/display-name.ts';
import { readCorpus } from './corpus.ts';

const corpus = readCorpus();
const headings = [...new Set(corpus.map(({ heading }) => heading))];
const taken = corpus.flatMap(({ expected }) => ('name' in expected ? [expected.name] : []));

/** What becomes of a text, in the form of the corpus. */
function outcome(typed: string): { name: string } | { refused: string } {
  const { name, problem } = canonicalName(typed);
  return problem ? { refused: problem.reason } : { name };
}

describe('canonicalName()', () => {
  test.each(headings)('agrees with the corpus: %s', (heading) => {
    const entries = corpus.filter((entry) => entry.heading === heading);
    const found = entries.map(({ typed }) => ({ typed, ...outcome(typed) }));
    expect(found).toEqual(entries.map(({ typed, expected }) => ({ typed, ...expected })));
  });

  test('is tried on a corpus of at least 500 names, none of them twice', () => {
    expect(new Set(corpus.map(({ typed }) => typed)).size).toBe(corpus.length);
    expect(corpus.length).toBeGreaterThanOrEqual(500);
  });

  test('A23: gives ACM A-labels, and neither "ab--x" labels nor names of Amazon\'s', () => {
    expect(outcome('bücher.example')).toEqual({ name: 'xn--bcher-kva.example' });
    expect(outcome('ab--x.example')).toEqual({ refused: 'invalid' });
    expect(outcome('np-1.us-east-1.elb.amazonaws.com')).toEqual({ refused: 'amazonsOwn' });
    expect(outcome('d111111abcdef8.cloudfront.net')).toEqual({ refused: 'amazonsOwn' });
  });

  test('S10: repeats nothing in its sentences that could break or colour a line', () => {
    for (const { typed, expected } of corpus) {
      if ('name' in expected) continue;
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

  test('says how long a name may be so that its owner marker still fits', () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(56)}.com`;
    expect(canonicalName(long).problem?.message).toContain(
      'it has 243 characters in DNS; 242 is the most, because its owner marker "_nameplate.…" must fit into the 253 of DNS',
    );
    expect(canonicalName(long.slice(1)).name).toHaveLength(242);
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
      .tuple(fc.constantFrom(...taken), fc.constantFrom('', 'www.', 'ÄÖ.', 'xn--'))
      .map(([name, front]) => front + name),
    fc.constantFrom(...corpus.map(({ typed }) => typed)),
  );

  test('is a fixed point for every name of the corpus, and so is the way people read it', () => {
    for (const name of taken) {
      expect(canonicalName(name)).toEqual({ name });
      expect(canonicalName(displayName(name))).toEqual({ name });
    }
  });

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

  test('is lower case letters, digits, hyphens and dots, at most 242 of them', () => {
    fc.assert(
      fc.property(written, (typed) => {
        const { name } = canonicalName(typed);
        if (name !== undefined) expect(name).toMatch(/^(?=.{3,242}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/);
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
