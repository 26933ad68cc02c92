import { expect, test } from '@jest/globals';
import { type LeavingZone, whyZoneStays } from '../../../domain/zones/removal.ts';
import { aSet } from '../../support/records.ts';

const zone = (changes: Partial<LeavingZone> = {}): LeavingZone => ({
  zone: 'shop.example.test',
  nameServers: ['ns-1.awsdns-01.com'],
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
  expect(whyZoneStays(zone({ delegatedTo }))).toMatch(/Remove the NS records where "example.test" is managed/);
});
