import { describe, expect, test } from '@jest/globals';
import { instanceOf } from '../../../domain/origins/instance.ts';
import { differingFields } from '../../../domain/sites/differing-fields.ts';
import { aSite } from '../../support/site.ts';

describe('differingFields()', () => {
  test('finds nothing between equal documents, whatever the order of their lists', () => {
    const site = aSite({ aliases: ['a.example.test', 'b.example.test'] });
    expect(differingFields(site, { ...site, aliases: [...site.aliases] })).toEqual([]);
    expect(differingFields({ ...site, aliases: site.aliases.toReversed() }, site)).toEqual([]);
  });

  test('names each field at its greatest depth, with both values', () => {
    const site = aSite({ onFailure: 'hold' });
    const other = aSite({ origin: { instance: { ...instanceOf(site), port: 8080 } } });
    expect(differingFields(site, other)).toEqual([
      { path: ['origin', 'instance', 'port'], before: 8080, after: instanceOf(site).port },
      { path: ['onFailure'], before: undefined, after: 'hold' },
    ]);
  });

  test('finds subnets only where both documents name them', () => {
    const { subnets: _, ...unplaced } = aSite();
    expect(differingFields(unplaced, { ...unplaced, subnets: ['subnet-a', 'subnet-b'] })).toEqual([]);
    const placed = { ...unplaced, subnets: ['subnet-a', 'subnet-b'] };
    expect(differingFields({ ...placed, subnets: ['subnet-a', 'subnet-c'] }, placed)).toEqual([
      { path: ['subnets'], before: placed.subnets, after: ['subnet-a', 'subnet-c'] },
    ]);
  });
});
