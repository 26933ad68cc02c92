import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formerNames } from '../../../domain/sites/former-names.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { aSite } from '../../support/site.ts';

const domain = 'shop.example.test';
const below = (label: string) => `${label}.${domain}`;

describe('formerNames()', () => {
  test('names what an earlier document had and this one has not: aliases and the direct name', () => {
    const before = aSite({ aliases: [below('www'), below('old')], directName: below('direct') });
    expect(formerNames(aSite({ aliases: [below('www')] }), { site: before })).toEqual([below('direct'), below('old')]);
  });

  test('remembers a name over several documents, until it is declared again', () => {
    const first = aSite({ aliases: [below('a'), below('b')] });
    const second = aSite({ aliases: [below('b')] });
    const third = aSite({ aliases: [] });
    const afterSecond = formerNames(second, { site: first });
    const afterThird = formerNames(third, { site: second, former: afterSecond });
    expect([afterSecond, afterThird]).toEqual([[below('a')], [below('a'), below('b')]]);
    expect(formerNames(first, { site: third, former: afterThird })).toEqual([]);
  });

  test('takes an alias that becomes the direct name, or the other way round, for the same name', () => {
    const alias = aSite({ aliases: [below('ssh')] });
    const direct = aSite({ aliases: [], directName: below('ssh') });
    expect(formerNames(direct, { site: alias })).toEqual([]);
    expect(formerNames(alias, { site: direct })).toEqual([]);
  });

  const labels = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
  const document = fc
    .tuple(labels, fc.option(fc.constantFrom('f', 'g'), { nil: undefined }))
    .map(([aliases, direct]) =>
      aSite({ aliases: aliases.map(below), ...(direct !== undefined && { directName: below(direct) }) }),
    );
  const names = (site: Site) => namesOf(site).map(({ name }) => name);

  test('after any number of documents every name that one of them had is declared or former, never both', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 6 }), (documents) => {
        const [first = aSite(), ...later] = documents;
        let standing: { site: Site; former: string[] } = { site: first, former: [] };
        for (const site of later) standing = { site, former: formerNames(site, standing) };
        const all = [...names(standing.site), ...standing.former];
        expect(new Set(all)).toEqual(new Set(documents.flatMap(names)));
        expect(all).toHaveLength(new Set(all).size);
        expect(standing.former).toEqual(standing.former.toSorted());
      }),
    );
  });
});
