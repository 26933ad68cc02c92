import { describe, expect, test } from '@jest/globals';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import { zoneProblems } from '../../../domain/sites/zone-checks.ts';
import { aSite } from '../../support/site.ts';

const zones = [
  { id: 'Z1', name: 'example.test' },
  { id: 'Z2', name: 'other.test' },
];

describe('zoneProblems()', () => {
  const pointers = (changes: object, among = zones) =>
    zoneProblems(aSite(changes), among).map(({ pointer }) => pointer);

  test('takes names that zones of the account hold', () => {
    expect(pointers({ aliases: ['www.shop.example.test', 'example.test', 'shop.other.test'] })).toEqual([]);
  });

  test('takes aliases below the domain when its zone is yet to be made', () => {
    expect(pointers({ aliases: ['www.shop.example.test'] }, [])).toEqual([]);
  });

  test('refuses an alias beside a domain whose zone is yet to be made', () => {
    expect(pointers({ aliases: ['www.shop.example.test', 'www.example.test'] }, [])).toEqual(['#/aliases/1']);
  });

  test('C11: offers a site of its own for names that are kept elsewhere, as a document that can be declared', () => {
    const site = aSite({ aliases: ['www.shop.example.test', 'a.elsewhere.test', 'b.elsewhere.test'] });
    const [first, second] = zoneProblems(site, zones);
    const document: unknown = JSON.parse(/\{.*\}/.exec(first?.detail ?? '')?.[0] ?? '');
    expect(document).toEqual({
      domain: 'a.elsewhere.test',
      aliases: ['b.elsewhere.test'],
      origin: site.origin,
      dns: 'external',
    });
    expect(declareSite(document).errors).toBeUndefined();
    expect([first?.pointer, second?.pointer]).toEqual(['#/aliases/1', '#/aliases/2']);
  });

  test('R12: compares whole labels', () => {
    expect(pointers({ aliases: ['notother.test'] })).toEqual(['#/aliases/0']);
    expect(pointers({ domain: 'myshop.test', aliases: ['notmyshop.test'] }, [])).toEqual(['#/aliases/0']);
  });

  test('takes a direct name in the zone of the domain or of an alias', () => {
    expect(pointers({ directName: 'direct.shop.example.test' }, [])).toEqual([]);
    expect(pointers({ directName: 'direct.example.test' })).toEqual([]);
    expect(pointers({ aliases: ['shop.other.test'], directName: 'direct.other.test' })).toEqual([]);
  });

  test('refuses a direct name elsewhere, even where the account has a zone', () => {
    expect(pointers({ aliases: [], directName: 'direct.other.test' })).toEqual(['#/directName']);
    expect(pointers({ aliases: [], directName: 'direct.nowhere.test' })).toEqual(['#/directName']);
    expect(pointers({ aliases: [], directName: 'direct.example.test' }, [])).toEqual(['#/directName']);
  });
});
