import { describe, expect, test } from '@jest/globals';
import { aDnsWorld, type DnsWorld } from './world.ts';
import { aSet } from './zone-builder.ts';

const FOUR = ['ns-1.awsdns-00.com.', 'ns-513.awsdns-00.net.', 'ns-1025.awsdns-00.org.', 'ns-1537.awsdns-00.co.uk.'];

/** The name servers entered for a name. */
function delegatedTo({ names }: DnsWorld, name: string): string[] {
  return names.registrar.delegation(name);
}

describe('Registrar', () => {
  test('serves test and example.test', async () => {
    const { names } = aDnsWorld();
    expect(names.registrar.zones).toEqual(['test', 'example.test']);
    expect(await names.resolver.resolve('example.test', 'NS')).toMatchObject({
      answers: [{ data: 'ns1.registrar.test' }],
    });
  });

  test('the top-level domain has a server of its own, so that a zone and the one above it are told apart', async () => {
    const { names } = aDnsWorld();
    expect(await names.resolver.resolve('test', 'NS')).toMatchObject({ answers: [{ data: 'a.nic.test' }] });
    expect(await names.resolver.resolve('a.nic.test', 'A')).toMatchObject({ answers: [{ data: '198.51.100.52' }] });
  });

  test('a new hosted zone is delegated after a drawn while, without trailing dots', async () => {
    const world = aDnsWorld();
    world.names.registrar.zoneCreated({ name: 'shop.example.test.', nameServers: FOUR });
    expect(delegatedTo(world, 'shop.example.test')).toEqual([]);
    await world.clock.advance(41_000);
    expect(delegatedTo(world, 'shop.example.test')).toEqual(FOUR.map((name) => name.slice(0, -1)));
    expect(world.draws.drawn).toMatchObject([{ what: 'registrar:delegate', subject: 'shop.example.test' }]);
    expect(world.draws.drawn[0]?.seconds).toBeGreaterThanOrEqual(20);
    expect(world.draws.drawn[0]?.seconds).toBeLessThanOrEqual(40);
  });

  test('nobody does it where nobody is to', async () => {
    const world = aDnsWorld({ delegatesAfterSeconds: undefined });
    world.names.registrar.zoneCreated({ name: 'shop.example.test', nameServers: FOUR });
    await world.clock.advance(3_600_000);
    expect(delegatedTo(world, 'shop.example.test')).toEqual([]);
  });

  test('R10: of two zones with one name only the first is delegated', async () => {
    const world = aDnsWorld();
    world.names.registrar.zoneCreated({ name: 'shop.example.test', nameServers: FOUR });
    world.names.registrar.zoneCreated({ name: 'shop.example.test', nameServers: ['ns-2.awsdns-00.com'] });
    await world.clock.advance(100_000);
    expect(delegatedTo(world, 'shop.example.test')).toHaveLength(4);
  });

  test.each([
    ['shop.example.com', 'whose top-level domain AWS itself uses'],
    ['shop.example.co.uk', 'at the zone that is closest'],
    ['shop.example.dev', 'of a top-level domain that nobody has asked for yet'],
  ])('%s, a name %s, is delegated by its owner as well', async (name) => {
    const world = aDnsWorld();
    world.names.registrar.zoneCreated({ name, nameServers: FOUR });
    expect(await world.names.freshResolver.resolve(name, 'A')).toMatchObject({ rcode: 'NXDOMAIN' });
    await world.clock.advance(41_000);
    expect(delegatedTo(world, name)).toHaveLength(4);
    expect(await world.names.freshResolver.resolve(name, 'A')).toMatchObject({ rcode: 'SERVFAIL' });
  });

  test('two names of one new top-level domain share it', async () => {
    const world = aDnsWorld();
    for (const name of ['a.dev', 'b.dev']) world.names.registrar.zoneCreated({ name, nameServers: FOUR });
    await world.clock.advance(41_000);
    expect(['a.dev', 'b.dev'].map((name) => delegatedTo(world, name).length)).toEqual([4, 4]);
  });

  test("a top-level domain itself is nobody's to delegate", async () => {
    const world = aDnsWorld();
    world.names.registrar.zoneCreated({ name: 'dev', nameServers: FOUR });
    await world.clock.advance(100_000);
    expect(world.draws.drawn).toEqual([]);
    expect(() => world.names.registrar.delegate('dev', FOUR)).toThrow('it lies under none of test, example.test');
  });

  test("a zone below one that is somebody else's is not the registrar's to delegate", async () => {
    const world = aDnsWorld();
    world.names.registrar.delegate('shop.example.test', FOUR);
    world.names.registrar.zoneCreated({ name: 'eu.shop.example.test', nameServers: FOUR });
    await world.clock.advance(100_000);
    expect(delegatedTo(world, 'eu.shop.example.test')).toEqual([]);
  });

  test('a name it serves itself is handed over, and taken back', async () => {
    const { names } = aDnsWorld();
    names.registrar.setRecords('example.test', aSet('A', '203.0.113.1'));
    names.registrar.delegate('example.test', FOUR);
    expect(names.registrar.zones).toEqual(['test']);
    expect(await names.freshResolver.resolve('example.test', 'A')).toMatchObject({ rcode: 'SERVFAIL' });
    names.registrar.undelegate('example.test');
    expect(names.registrar.zones).toEqual(['test', 'example.test']);
    expect(await names.freshResolver.resolve('example.test', 'A')).toMatchObject({
      answers: [{ data: '203.0.113.1' }],
    });
  });

  test('R16: a delegation stays until somebody takes it back', async () => {
    const world = aDnsWorld();
    world.names.registrar.delegate('shop.example.test', FOUR);
    expect(await world.names.freshResolver.resolve('shop.example.test', 'A')).toMatchObject({ rcode: 'SERVFAIL' });
    world.names.registrar.undelegate('shop.example.test');
    expect(await world.names.freshResolver.resolve('shop.example.test', 'A')).toMatchObject({ rcode: 'NXDOMAIN' });
  });

  test("puts a stranger's records up, and takes them down", async () => {
    const { names } = aDnsWorld();
    names.registrar.setRecords('example.test', aSet('CAA', { flags: 0, tag: 'issue', value: 'ca.example' }));
    expect(await names.freshResolver.resolve('example.test', 'CAA')).toMatchObject({
      answers: [{ data: { tag: 'issue', value: 'ca.example' } }],
    });
    names.registrar.removeRecords('example.test', 'CAA');
    expect(await names.freshResolver.resolve('example.test', 'CAA')).toMatchObject({ answers: [] });
  });
});
