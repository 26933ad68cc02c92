import { describe, expect, test } from '@jest/globals';
import { markerSet } from '../../../domain/records/marker.ts';
import { conflictAt } from '../../../domain/records/record-conflicts.ts';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import { aSet, aView } from '../../support/records.ts';

const name = 'shop.example.test';
const owner = { domain: name, stack: 'Nameplate' };
const problem = (...sets: RecordSet[]) => conflictAt(aView(...sets), { name, names: [name], owner });

describe('inTheWay()', () => {
  test('finds nothing at a name without addresses, whatever else stands there', () => {
    expect(problem()).toBeUndefined();
    expect(problem(aSet(name, 'MX', '10 mail.example.test.'), aSet(name, 'TXT', '"v=spf1 -all"'))).toBeUndefined();
  });

  test.each([
    [aSet(name, 'A', '198.51.100.9'), 'shop.example.test A 198.51.100.9'],
    [aSet(name, 'AAAA', '2001:db8::9'), 'shop.example.test AAAA 2001:db8::9'],
    [aSet(name, 'CNAME', 'elsewhere.test.'), 'shop.example.test CNAME elsewhere.test'],
    [aSet(name, 'HTTPS', '1 . ipv4hint=198.51.100.9'), 'shop.example.test HTTPS 1 . ipv4hint=198.51.100.9'],
  ])('R6: names the foreign record that would be overwritten: %j', (set, words) => {
    expect(problem(set)).toBe(
      `Cannot take "${name}": it has records that are not ours: ${words}. Remove them, or choose another name, then declare the site again, or declare "adopt": true to take it over, which undo puts back as it was`,
    );
  });

  test('knows its own records by the marker beside them', () => {
    expect(problem(aSet(name, 'A', '203.0.113.7'), markerSet(name, { ...owner, generation: 1 }))).toBeUndefined();
  });

  test('names the site and the stack that the records belong to', () => {
    const other = markerSet(name, { domain: 'other.test', stack: 'Staging', generation: 1 });
    expect(problem(other)).toContain('belong to the site "other.test" of the stack "Staging"');
  });

  test('names what stands where the marker belongs', () => {
    expect(problem(aSet(`_nameplate.${name}`, 'CNAME', 'x.test.'))).toContain('stands where the owner marker belongs');
    expect(problem(aSet(`_nameplate.${name}`, 'TXT', '"hello"'))).toContain('stands where the owner marker belongs');
  });

  test('A11: finds the delegation that would hide our records', () => {
    expect(problem(aSet(name, 'NS', 'ns1.elsewhere.test.'))).toContain('delegates it elsewhere');
  });

  test('does not break up what a routing policy chooses among, marker or not', () => {
    const routed = { ...aSet(name, 'A', '203.0.113.7'), setIdentifier: 'blue' };
    expect(problem(routed, markerSet(name, { ...owner, generation: 1 }))).toContain('a routing policy chooses among');
    expect(problem({ ...aSet('*.example.test', 'A', '203.0.113.7'), setIdentifier: 'blue' })).toContain(
      'routing policy',
    );
  });

  test('C8: advises nothing that takes down what others are served', () => {
    expect(problem(aSet(name, 'NS', 'ns1.elsewhere.test.'))).toMatch(
      /"dns": "external" .*; where nothing is served from there any more, remove that record/,
    );
    expect(problem({ ...aSet('*.example.test', 'A', '203.0.113.7'), setIdentifier: 'blue' })).toMatch(
      /Give "shop\.example\.test" simple records of its own and declare "adopt": true with it$/,
    );
    const gone = problem(markerSet(name, { domain: 'other.test', stack: 'Staging', generation: 1 }));
    expect(gone).toContain(
      'where that stack no longer exists, delete these records and _nameplate.shop.example.test TXT',
    );
  });

  test('R31: does not silence a name that is not the site’s and that only a wildcard answers for', () => {
    const view = aView(aSet('*.example.test', 'A', '198.51.100.9'));
    const www = `www.${name}`;
    expect(conflictAt(view, { name: www, names: [www], owner })).toContain(
      'only a wildcard answers for "shop.example.test"',
    );
    expect(conflictAt(view, { name: www, names: [www, name], owner })).toBeUndefined();
  });

  describe('when what stands there is to be adopted', () => {
    const adopting = (...sets: RecordSet[]) => conflictAt(aView(...sets), { name, names: [name], owner, adopt: true });
    const weighted = { ...aSet(name, 'A', '198.51.100.9'), setIdentifier: 'blue', routing: { Weight: 1 } };

    test.each([
      ['an address', [aSet(name, 'A', '198.51.100.9')]],
      ['a CNAME', [aSet(name, 'CNAME', 'elsewhere.test.')]],
      ['sets that a routing policy chooses among', [weighted, { ...weighted, setIdentifier: 'green' }]],
      ['a foreign record in the marker’s place', [aSet(`_nameplate.${name}`, 'TXT', '"hello"')]],
    ])('finds %s not in the way', (_, sets) => {
      expect(adopting(...sets)).toBeUndefined();
    });

    test('leaves what another site of ours holds', () => {
      const other = markerSet(name, { domain: 'other.test', stack: 'Staging', generation: 1 });
      expect(adopting(aSet(name, 'A', '198.51.100.9'), other)).toContain('belong to the site "other.test"');
    });

    test('leaves a delegation, and what a traffic policy has made', () => {
      expect(adopting(aSet(name, 'NS', 'ns1.elsewhere.test.'))).toContain('delegates it elsewhere');
      expect(adopting({ ...weighted, routing: { TrafficPolicyInstanceId: 't1' } })).toContain('traffic policy');
    });

    test('R31: still silences no name that only a wildcard answers for', () => {
      const view = aView(aSet('*.example.test', 'A', '198.51.100.9'));
      const www = `www.${name}`;
      expect(conflictAt(view, { name: www, names: [www], owner, adopt: true })).toContain('only a wildcard answers');
    });
  });
});
