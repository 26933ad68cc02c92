import { describe, expect, test } from '@jest/globals';
import { aDnsWorld } from './world.ts';

describe('AwsNameServers', () => {
  test('a zone gets four servers, one of each top-level domain, named as AWS names them', () => {
    const { names } = aDnsWorld();
    const four = names.nameServers.assign('shop.example.test') ?? [];
    expect(four.map(({ name }) => name.replace(/^ns-\d+\.awsdns-\d\d\./, '')).sort()).toEqual([
      'co.uk',
      'com',
      'net',
      'org',
    ]);
    for (const { name } of four) {
      const [, number, domain, tld] = /^ns-(\d+)\.awsdns-(\d\d)\.(.+)$/.exec(name) ?? [];
      expect(Math.floor(Number(number) / 512)).toBe(['com', 'net', 'org', 'co.uk'].indexOf(String(tld)));
      expect(Math.floor((Number(number) % 512) / 8)).toBe(Number(domain));
    }
  });

  test('their addresses are found from the root', async () => {
    const { names } = aDnsWorld();
    for (const { name, address } of names.nameServers.assign('shop.example.test') ?? []) {
      expect(address).toMatch(/^192\.0\.2\./);
      expect(await names.resolver.resolve(name, 'A')).toMatchObject({ answers: [{ data: address }] });
    }
  });

  test('the same seed gives the same servers', () => {
    const assigned = (seed: number) =>
      aDnsWorld({ seed })
        .names.nameServers.assign('shop.example.test')
        ?.map(({ name }) => name);
    expect(assigned(7)).toEqual(assigned(7));
    expect(assigned(7)).not.toEqual(assigned(8));
  });

  test('two zones of one name, and a zone and one below it, share no server', () => {
    const { nameServers } = aDnsWorld().names;
    const zones = ['example.test', 'example.test', 'shop.example.test', 'test'];
    const all = zones.flatMap((zone) => nameServers.assign(zone) ?? []).map(({ name }) => name);
    expect(new Set(all).size).toBe(16);
  });

  test('there are none left for a sixty-first zone of one name, until one is given back', () => {
    const { nameServers } = aDnsWorld().names;
    const first = nameServers.assign('example.test') ?? [];
    for (let zone = 2; zone <= 60; zone++) expect(nameServers.assign('example.test')).toHaveLength(4);
    expect(nameServers.assign('example.test')).toBeUndefined();
    nameServers.release('example.test', first);
    expect(nameServers.assign('example.test')).toHaveLength(4);
  });
});
