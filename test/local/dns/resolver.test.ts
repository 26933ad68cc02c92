import { describe, expect, test } from '@jest/globals';
import { Authority } from '../../../local/dns/authority.ts';
import { startNameServer } from '../../../local/dns/name-server.ts';
import type { Resolution } from '../../../local/dns/resolver.ts';
import { aDnsWorld, type DnsWorld } from './world.ts';
import { aSet, aZone } from './zone-builder.ts';

/** The data of the answers. */
const data = ({ answers }: Resolution) => answers.map((record) => String(record.data));

/** Serves zones at an address of the small internet. */
function serve({ internet }: DnsWorld, address: string, ...zones: ReturnType<typeof aZone>[]): Authority {
  const authority = new Authority();
  for (const zone of zones) authority.host(zone);
  startNameServer(internet, { name: 'ns', address, authority });
  return authority;
}

describe('Resolver', () => {
  test('goes from the root to the servers of the name', async () => {
    const { names } = aDnsWorld();
    names.registrar.setRecords('shop.example.test', aSet('A', '203.0.113.1'));
    const found = await names.resolver.resolve('Shop.Example.Test.', 'A');
    expect(found).toMatchObject({ rcode: 'NOERROR', answers: [{ name: 'shop.example.test', type: 'A', ttl: 300 }] });
  });

  test('finds the names AWS serves, by iteration from the root', async () => {
    const { names } = aDnsWorld();
    names.awsNames.set('lb-1.us-east-1.elb.amazonaws.com', {
      zoneId: 'Z35SXDOTRQ7X7K',
      a: () => ['203.0.113.1'],
      aaaa: () => ['2001:db8::1'],
      healthy: () => true,
    });
    expect(data(await names.resolver.resolve('lb-1.us-east-1.elb.amazonaws.com', 'A'))).toEqual(['203.0.113.1']);
    expect(data(await names.resolver.resolve('dualstack.lb-1.us-east-1.elb.amazonaws.com', 'AAAA'))).toEqual([
      '2001:db8::1',
    ]);
    expect(await names.resolver.resolve('lb-1.us-east-1.elb.amazonaws.com', 'AAAA')).toMatchObject({
      rcode: 'NOERROR',
      answers: [],
    });
    expect(await names.resolver.resolve('us-east-1.elb.amazonaws.com', 'A')).toMatchObject({
      rcode: 'NOERROR',
      answers: [],
    });
    names.awsNames.delete('lb-1.us-east-1.elb.amazonaws.com');
    expect(await names.freshResolver.resolve('lb-1.us-east-1.elb.amazonaws.com', 'A')).toMatchObject({
      rcode: 'NXDOMAIN',
    });
  });

  test('R17: gets nothing from a zone without keys below a DS record', async () => {
    const { names } = aDnsWorld();
    names.registrar.setRecords('shop.example.test', aSet('A', '203.0.113.1'));
    const digest = { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) };
    names.registrar.setRecords('example.test', { type: 'DS', ttlSeconds: 3600, data: [digest] });
    expect(await names.freshResolver.resolve('shop.example.test', 'A')).toMatchObject({ rcode: 'SERVFAIL' });
    expect(await names.resolver.resolve('shop.example.test', 'A')).toMatchObject({ rcode: 'SERVFAIL' });
    expect(await names.resolver.resolve('shop.example.test', 'A')).toMatchObject({ rcode: 'SERVFAIL' });
    const key = { flags: 257, algorithm: 13, key: Buffer.alloc(32) };
    names.registrar.setRecords('example.test', { type: 'DNSKEY', ttlSeconds: 3600, data: [key] });
    expect(data(await names.freshResolver.resolve('shop.example.test', 'A'))).toEqual(['203.0.113.1']);
  });

  test('follows a CNAME into another zone', async () => {
    const { names } = aDnsWorld();
    names.awsNames.set('d1.cloudfront.net', {
      zoneId: 'Z2FDTNDATAQYW2',
      a: () => ['203.0.113.7'],
      aaaa: () => [],
      healthy: () => true,
    });
    names.registrar.setRecords('www.example.test', aSet('CNAME', 'd1.cloudfront.net'));
    expect(data(await names.resolver.resolve('www.example.test', 'A'))).toEqual(['d1.cloudfront.net', '203.0.113.7']);
    expect(data(await names.resolver.resolve('www.example.test', 'CNAME'))).toEqual(['d1.cloudfront.net']);
  });

  test('a name that does not exist, and one without that type, come with the SOA', async () => {
    const { names } = aDnsWorld();
    expect(await names.resolver.resolve('nope.example.test', 'A')).toMatchObject({
      rcode: 'NXDOMAIN',
      authorities: [{ name: 'example.test', type: 'SOA' }],
    });
    expect(await names.resolver.resolve('example.test', 'MX')).toMatchObject({
      rcode: 'NOERROR',
      answers: [],
      authorities: [{ type: 'SOA' }],
    });
  });

  test('a DS record is asked at the parent', async () => {
    const { names } = aDnsWorld();
    names.registrar.setRecords(
      'example.test',
      aSet('DS', { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) }),
    );
    expect(await names.resolver.resolve('example.test', 'DS')).toMatchObject({ answers: [{ type: 'DS' }] });
  });

  test('remembers an answer for its TTL, counting down', async () => {
    const { clock, names } = aDnsWorld();
    names.registrar.setRecords('shop.example.test', aSet('A', '203.0.113.1'));
    await names.resolver.resolve('shop.example.test', 'A');
    names.registrar.setRecords('shop.example.test', aSet('A', '203.0.113.2'));
    await clock.advance(100_000);
    const later = await names.resolver.resolve('shop.example.test', 'A');
    expect(data(later)).toEqual(['203.0.113.1']);
    expect(later.answers[0]?.ttl).toBe(200);
    expect(data(await names.freshResolver.resolve('shop.example.test', 'A'))).toEqual(['203.0.113.2']);
    await clock.advance(200_000);
    expect(data(await names.resolver.resolve('shop.example.test', 'A'))).toEqual(['203.0.113.2']);
  });

  test('R18: remembers that a name is missing for the negative TTL', async () => {
    const { clock, names } = aDnsWorld();
    await names.resolver.resolve('shop.example.test', 'A');
    names.registrar.setRecords('shop.example.test', aSet('A', '203.0.113.1'));
    expect(await names.resolver.resolve('shop.example.test', 'AAAA')).toMatchObject({ rcode: 'NXDOMAIN' });
    await clock.advance(300_000);
    expect(await names.resolver.resolve('shop.example.test', 'A')).toMatchObject({ rcode: 'NOERROR' });
  });

  test('a CNAME that is remembered answers for other types too', async () => {
    const { names } = aDnsWorld();
    names.registrar.setRecords('www.example.test', aSet('CNAME', 'shop.example.test'));
    names.registrar.setRecords('shop.example.test', aSet('TXT', ['t']));
    await names.resolver.resolve('www.example.test', 'A');
    names.registrar.removeRecords('www.example.test', 'CNAME');
    expect((await names.resolver.resolve('www.example.test', 'TXT')).answers).toHaveLength(2);
  });

  test('a lame delegation is SERVFAIL', async () => {
    const world = aDnsWorld();
    serve(world, '192.0.2.251');
    world.names.registrar.setRecords('ns.example.test', aSet('A', '192.0.2.251'));
    world.names.registrar.delegate('shop.example.test', ['ns.example.test.']);
    expect(await world.names.resolver.resolve('shop.example.test', 'A')).toMatchObject({
      rcode: 'SERVFAIL',
      answers: [],
    });
  });

  test('one dead server of several does no harm', async () => {
    const world = aDnsWorld();
    serve(world, '192.0.2.251', aZone('shop.example.test', { 'shop.example.test': [aSet('A', '203.0.113.1')] }));
    world.names.registrar.setRecords('alive.example.test', aSet('A', '192.0.2.251'));
    world.names.registrar.setRecords('dead.example.test', aSet('A', '192.0.2.252'));
    world.names.registrar.delegate('shop.example.test', [
      'dead.example.test',
      'gone.example.test',
      'alive.example.test',
    ]);
    for (const _ of [1, 2, 3]) {
      expect(data(await world.names.freshResolver.resolve('shop.example.test', 'A'))).toEqual(['203.0.113.1']);
    }
  });

  test('servers that can only be found through each other are SERVFAIL, not endless', async () => {
    const { names } = aDnsWorld();
    names.registrar.delegate('one.example.test', ['ns.two.example.test']);
    names.registrar.delegate('two.example.test', ['ns.one.example.test']);
    expect(await names.resolver.resolve('www.one.example.test', 'A')).toMatchObject({ rcode: 'SERVFAIL' });
  });

  test('a circle of CNAMEs is SERVFAIL', async () => {
    const { names } = aDnsWorld();
    names.registrar.setRecords('a.example.test', aSet('CNAME', 'b.example.test'));
    names.registrar.setRecords('b.example.test', aSet('CNAME', 'a.example.test'));
    expect(await names.resolver.resolve('a.example.test', 'A')).toMatchObject({ rcode: 'SERVFAIL' });
  });

  test('a server that refers upwards, or to itself, is lame', async () => {
    const world = aDnsWorld();
    const { names } = world;
    serve(world, '192.0.2.251', aZone('test', { 'example.test': [aSet('NS', 'ns.example.test')] }));
    names.registrar.setRecords('ns.example.test', aSet('A', '192.0.2.251'));
    names.registrar.delegate('shop.example.test', ['ns.example.test']);
    expect(await names.resolver.resolve('shop.example.test', 'A')).toMatchObject({ rcode: 'SERVFAIL' });
  });

  test('records that lie outside of the zone that was asked are not believed', async () => {
    const world = aDnsWorld();
    const liar = aZone('shop.example.test', { 'shop.example.test': [aSet('CNAME', 'bank.example.test')] });
    serve(world, '192.0.2.251', liar, aZone('bank.example.test', { 'bank.example.test': [aSet('A', '203.0.113.66')] }));
    const { registrar, resolver } = world.names;
    registrar.setRecords('ns.example.test', aSet('A', '192.0.2.251'));
    registrar.delegate('shop.example.test', ['ns.example.test']);
    registrar.setRecords('bank.example.test', aSet('A', '203.0.113.1'));
    expect(data(await resolver.resolve('shop.example.test', 'A'))).toEqual(['bank.example.test', '203.0.113.1']);
  });

  test('a silent server is given up after two seconds', async () => {
    const world = aDnsWorld();
    world.internet.attach('192.0.2.251');
    world.internet.guard('192.0.2.251', () => false);
    world.names.registrar.setRecords('ns.example.test', aSet('A', '192.0.2.251'));
    world.names.registrar.delegate('shop.example.test', ['ns.example.test']);
    const resolution = world.names.resolver.resolve('shop.example.test', 'A');
    await world.clock.advance(2000);
    expect(await resolution).toMatchObject({ rcode: 'SERVFAIL' });
  });
});
