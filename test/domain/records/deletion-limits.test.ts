import { describe, expect, test } from '@jest/globals';
import { deletionLine, deletionsIn, isBeyondLimits, zoneDeletionsOf } from '../../../domain/records/deletion-limits.ts';
import { created, deleted, replaced } from '../../../domain/records/exchange.ts';
import { markerSet } from '../../../domain/records/marker.ts';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import { aSet } from '../../support/records.ts';

const zone = { id: 'ZEXAMPLE', name: 'example.test' };
const address = (name: string, value = '203.0.113.7') => aSet(name, 'A', value);
const marker = (name: string, stack = 'Nameplate') => markerSet(name, { domain: name, stack, generation: 1 });
const validation = (name: string) => aSet(`_x.${name}`, 'CNAME', '_y.acm-validations.aws.');
const names = (count: number) => Array.from({ length: count }, (_, n) => `shop-${n}.example.test`);
/** So many sites of ours, with an address each. */
const sites = (count: number): RecordSet[] => names(count).flatMap((name) => [address(name), marker(name)]);
const blast = (deletions: number, ours: number) =>
  zoneDeletionsOf(zone, {
    changes: names(deletions).map((name) => deleted(address(name))),
    sets: sites(ours),
    stack: 'Nameplate',
  });

describe('deletionsIn()', () => {
  const [shop] = [address('shop.example.test')];

  test('counts sets that nothing takes the place of', () => {
    expect(deletionsIn([deleted(shop), created(address('www.example.test'))])).toEqual([shop]);
  });

  test('counts no set that is replaced, or deleted and created anew', () => {
    const moved = address('shop.example.test', '203.0.113.8');
    expect(deletionsIn([replaced(shop, moved)])).toEqual([]);
    expect(deletionsIn([deleted(shop), created(moved)])).toEqual([]);
  });

  test('counts a set that is put there first and taken away later', () => {
    expect(deletionsIn([created(shop), deleted(shop)])).toEqual([shop]);
  });

  test('C7: counts no AAAA of ours that alone changes at its name, where A goes on answering', () => {
    const [aaaa, mark] = [aSet('shop.example.test', 'AAAA', '2001:db8::7'), marker('shop.example.test')];
    const next = markerSet('shop.example.test', { domain: 'shop.example.test', stack: 'Nameplate', generation: 2 });
    expect(deletionsIn([deleted(aaaa), replaced(mark, next)])).toEqual([]);
    expect(deletionsIn([deleted(aaaa), created(next)])).toEqual([aaaa]);
    expect(deletionsIn([deleted(aaaa), deleted(mark)])).toEqual([aaaa]);
    const moved = replaced(shop, address('shop.example.test', '203.0.113.8'));
    expect(deletionsIn([deleted(aaaa), moved, replaced(mark, next)])).toEqual([aaaa]);
    expect(deletionsIn([deleted(shop), replaced(mark, next)])).toEqual([shop]);
  });

  test('counts no owner marker, which goes with its records', () => {
    expect(deletionsIn([deleted(shop), deleted(marker('shop.example.test'))])).toEqual([shop]);
  });
});

describe('blastOf()', () => {
  const ours = (...sets: RecordSet[]) => zoneDeletionsOf(zone, { changes: [], sets, stack: 'Nameplate' }).ours;

  test("takes what stands beside this stack's markers for ours, whichever site's, and nothing else", () => {
    expect(ours(...sites(3), address('foreign.example.test'))).toBe(3);
    expect(ours(address('a.example.test'), marker('a.example.test', 'Other'))).toBe(0);
    expect(ours(marker('a.example.test'), aSet('a.example.test', 'MX', '10 mail.example.test.'))).toBe(0);
  });

  test('takes the validation records of our names for ours', () => {
    const name = 'a.example.test';
    expect(ours(address(name), marker(name), validation(name), aSet(`_y.${name}`, 'CNAME', 'elsewhere.test.'))).toBe(2);
  });

  test('counts what is deleted among ours, once', () => {
    expect(blast(1, 4)).toMatchObject({ ours: 4, deletions: [address('shop-0.example.test')] });
    expect(blast(2, 0).ours).toBe(2);
  });
});

describe('isBeyondLimits()', () => {
  test.each([
    [0, 0, false],
    [1, 1, true],
    [1, 3, true],
    [1, 4, false],
    [3, 10, false],
    [4, 13, true],
    [4, 14, false],
    [5, 17, false],
    [5, 100, false],
    [6, 100, true],
    [6, 10_000, true],
  ])('S14: invariant 17: deleting %d of %d of ours in a zone needs approval: %s', (deletions, all, needed) => {
    expect(isBeyondLimits(blast(deletions, all))).toBe(needed);
  });
});

test('deletionLine() says what goes and where, so that another value is another line', () => {
  const line = deletionLine(zone, address('shop.example.test'));
  expect(line).toBe('Delete shop.example.test A 203.0.113.7 from the zone "example.test" (ZEXAMPLE)');
  expect(deletionLine(zone, address('shop.example.test', '203.0.113.8'))).not.toBe(line);
});
