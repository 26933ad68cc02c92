import { expect, test } from '@jest/globals';
import { copiesToRemove, type LeavingZone, whyZoneStays } from '../../../domain/zones/removal.ts';
import { aSet } from '../../support/records.ts';

const zone = (changes: Partial<LeavingZone> = {}): LeavingZone => ({
  zone: 'shop.example.test',
  nameServers: ['ns-1.awsdns-01.com'],
  copied: [],
  sets: [aSet('shop.example.test', 'NS', 'ns-1.awsdns-01.com.'), aSet('shop.example.test', 'SOA', 'x')],
  delegatedTo: { parent: 'example.test', nameServers: [] },
  ...changes,
});

test('an empty zone that nobody is sent to may go', () => {
  expect(whyZoneStays(zone())).toBeUndefined();
  const elsewhere = { parent: 'example.test', nameServers: ['ns.elsewhere.test'] };
  expect(whyZoneStays(zone({ delegatedTo: elsewhere }))).toBeUndefined();
});

test('R15: a zone with records of somebody else stays', () => {
  const sets = [...zone().sets, aSet('mail.shop.example.test', 'MX', '10 mail.test')];
  expect(whyZoneStays(zone({ sets }))).toContain('mail.shop.example.test MX');
});

test('R16: a zone that the parent names stays, and the way out is said', () => {
  const delegatedTo = { parent: 'example.test', nameServers: ['ns-1.awsdns-01.com'] };
  expect(whyZoneStays(zone({ delegatedTo }))).toMatch(/Remove the NS records \(.+\) where "example.test" is managed/);
});

test('C1: what was copied goes with the zone that no viewer is sent to, and answers on once viewers are', () => {
  const copy = aSet('shop.example.test', 'A', '203.0.113.9');
  const changed = aSet('shop.example.test', 'MX', '10 new.test');
  const leaving = zone({
    sets: [...zone().sets, copy, changed],
    copied: [copy, aSet('shop.example.test', 'MX', '10 old.test')],
  });
  expect(copiesToRemove(leaving)).toEqual([copy]);
  expect(whyZoneStays(leaving)).toMatch(/not ours: shop\.example\.test MX 10 new\.test$/);
  expect(
    copiesToRemove({ ...leaving, delegatedTo: { parent: 'example.test', nameServers: ['ns-1.awsdns-01.com'] } }),
  ).toEqual([]);
});
