import {
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  GetHostedZoneCountCommand,
  GetHostedZoneLimitCommand,
  ListHostedZonesByNameCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  ListTagsForResourceCommand,
  UpdateHostedZoneCommentCommand,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aChange, aRoute53World, type Route53World } from './world.ts';

let world: Route53World;
beforeEach(async () => {
  world = await aRoute53World();
});
afterEach(() => world.aws.close());

const create = (Name: string, CallerReference = Name, rest: object = {}) =>
  world.client.send(new CreateHostedZoneCommand({ Name, CallerReference, ...rest }));

describe('tags of a hosted zone', () => {
  const tag = (ResourceId: string) =>
    world.client.send(
      new ChangeTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId, AddTags: [{ Key: 'a', Value: 'b' }] }),
    );
  const tagsOf = async (ResourceId: string) =>
    (await world.client.send(new ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId }))).ResourceTagSet
      ?.Tags;

  test('A9: are reached by the plain id only, where every other operation takes "/hostedzone/" before it', async () => {
    const { HostedZone: { Id = '' } = {} } = await create('shop.example.test');
    const plain = Id.replace('/hostedzone/', '');
    await tag(plain);
    expect(await tagsOf(plain)).toEqual([{ Key: 'a', Value: 'b' }]);
    await world.client.send(new GetHostedZoneCommand({ Id }));
    const refused = { name: Id.length > 32 ? 'InvalidInput' : 'NoSuchHostedZone' };
    await expect(tag(Id)).rejects.toMatchObject(refused);
    await expect(tagsOf(Id)).rejects.toMatchObject(refused);
    await expect(tagsOf('/hostedzone/Z1')).rejects.toMatchObject({
      name: 'NoSuchHostedZone',
      message: 'No hosted zone found with ID: /hostedzone/Z1',
    });
    await expect(tagsOf(`/hostedzone/${'Z'.repeat(21)}`)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining("at 'resourceId' failed to satisfy constraint: Member must have length less"),
    });
  });
});

describe('CreateHostedZone', () => {
  test('makes a public zone with four name servers, an SOA and an NS set, PENDING at first', async () => {
    const made = await create('Shop.Example.Test', 'ref-1', { HostedZoneConfig: { Comment: 'mine' } });
    expect(made.HostedZone).toMatchObject({
      Id: expect.stringMatching(/^\/hostedzone\/Z[0-9A-Z]+$/),
      Name: 'shop.example.test.',
      CallerReference: 'ref-1',
      Config: { Comment: 'mine', PrivateZone: false },
      ResourceRecordSetCount: 2,
    });
    expect(made.ChangeInfo).toMatchObject({ Id: expect.stringMatching(/^\/change\/C/), Status: 'PENDING' });
    expect(made.ChangeInfo?.SubmittedAt?.toISOString()).toMatch(/^2026-11-22T12:00:0/);
    expect(made.DelegationSet?.NameServers).toHaveLength(4);
    expect(made.Location).toMatch(/^https:\/\/route53\.amazonaws\.com\/2013-04-01\/hostedzone\/Z/);
    const { ResourceRecordSets: sets } = await world.client.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: String(made.HostedZone?.Id) }),
    );
    expect(sets).toMatchObject([
      {
        Type: 'NS',
        TTL: 172800,
        ResourceRecords: made.DelegationSet?.NameServers?.map((server) => ({ Value: `${server}.` })),
      },
      {
        Type: 'SOA',
        TTL: 900,
        ResourceRecords: [
          { Value: expect.stringMatching(/ awsdns-hostmaster\.amazon\.com\. 1 7200 900 1209600 86400$/) },
        ],
      },
    ]);
  });

  test('R14: the same caller reference twice is HostedZoneAlreadyExists', async () => {
    await create('shop.example.test', 'ref-1');
    await expect(create('other.example.test', 'ref-1')).rejects.toMatchObject({
      name: 'HostedZoneAlreadyExists',
      message: 'A hosted zone has already been created with the specified caller reference.',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test('R10: two public zones may bear one name, and share no name server', async () => {
    const one = await create('shop.example.test', 'ref-1');
    const two = await create('shop.example.test', 'ref-2');
    const servers = [...(one.DelegationSet?.NameServers ?? []), ...(two.DelegationSet?.NameServers ?? [])];
    expect(new Set(servers).size).toBe(8);
  });

  test.each([
    ['a..b', "FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with 'a..b'"],
    [
      `${'x'.repeat(64)}.test`,
      `FATAL problem: DomainLabelTooLong (Domain label is too long) encountered with '${'x'.repeat(64)}.test'`,
    ],
    ['test', 'test is reserved by AWS!'],
    ['a b.test', "FATAL problem: UnsupportedCharacter (Value contains unsupported characters) encountered with ' '"],
  ])('refuses "%s"', async (name, message) => {
    await expect(create(name)).rejects.toMatchObject({ name: 'InvalidDomainName', message });
  });

  test('a private zone belongs to a VPC and is served nowhere', async () => {
    const VPC = { VPCId: 'vpc-1', VPCRegion: 'us-east-1' as const };
    await expect(create('in.test', 'ref-1', { HostedZoneConfig: { PrivateZone: true } })).rejects.toMatchObject({
      name: 'InvalidInput',
    });
    const made = await create('example.test', 'ref-1', { VPC });
    expect(made).toMatchObject({ VPC, HostedZone: { Config: { PrivateZone: true } } });
    expect(made.DelegationSet).toBeUndefined();
    await world.settle();
    expect(await world.client.send(new GetHostedZoneCommand({ Id: String(made.HostedZone?.Id) }))).toMatchObject({
      VPCs: [VPC],
    });
    expect(world.names.registrar.delegation('example.test')).toEqual(['ns1.registrar.test']);
  });

  test('R21: the 501st zone is TooManyHostedZones', async () => {
    for (let zone = 0; zone < 500; zone++) {
      await world.aws.clock.advance(1000);
      await create(`zone-${zone}.test`);
    }
    await world.aws.clock.advance(1000);
    await expect(create('one-too-many.test')).rejects.toMatchObject({
      name: 'TooManyHostedZones',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('is throttled after 40 at once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 41 }, (_, zone) => create(`zone-${zone}.test`)));
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).toMatchObject([{ name: 'Throttling', message: 'Rate exceeded' }]);
  });
});

describe('DNS of a new zone', () => {
  test('its name servers answer for it when the change is INSYNC, and nobody else does', async () => {
    const made = await create('shop.example.test');
    await world.settle();
    expect(await world.client.send(new GetChangeCommand({ Id: String(made.ChangeInfo?.Id) }))).toMatchObject({
      ChangeInfo: { Status: 'INSYNC' },
    });
    const found = await world.names.freshResolver.resolve('shop.example.test', 'NS');
    expect(found.answers.map(({ data }) => data).sort()).toEqual([...(made.DelegationSet?.NameServers ?? [])].sort());
  });

  test('the registrar has entered them by then; a zone below it is delegated too', async () => {
    await create('shop.example.test');
    await world.settle();
    expect(world.names.registrar.delegation('shop.example.test')).toHaveLength(4);
  });

  test("a zone for the registrar's own name takes it over", async () => {
    const made = await create('example.test');
    await world.settle();
    expect(world.names.registrar.delegation('example.test')).toEqual(made.DelegationSet?.NameServers);
    expect(await world.names.freshResolver.resolve('nope.example.test', 'A')).toMatchObject({
      rcode: 'NXDOMAIN',
      authorities: [{ ttl: 900 }],
    });
  });
});

describe('reading zones', () => {
  test('GetHostedZone takes the id with and without its prefix', async () => {
    const { id } = await world.zone();
    for (const Id of [id, `/hostedzone/${id}`]) {
      expect(await world.client.send(new GetHostedZoneCommand({ Id }))).toMatchObject({
        HostedZone: { Name: 'shop.example.test.' },
        DelegationSet: { NameServers: { length: 4 } },
      });
    }
    await expect(world.client.send(new GetHostedZoneCommand({ Id: 'Z0NONE' }))).rejects.toMatchObject({
      name: 'NoSuchHostedZone',
      message: 'No hosted zone found with ID: Z0NONE',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('ListHostedZones goes page by page', async () => {
    for (const name of ['a.test', 'b.test', 'c.test']) await create(name);
    const first = await world.client.send(new ListHostedZonesCommand({ MaxItems: 2 }));
    expect(first).toMatchObject({
      HostedZones: [{ Name: 'a.test.' }, { Name: 'b.test.' }],
      IsTruncated: true,
      MaxItems: 2,
    });
    const second = await world.client.send(
      new ListHostedZonesCommand({ MaxItems: 2, Marker: String(first.NextMarker) }),
    );
    expect(second).toMatchObject({ HostedZones: [{ Name: 'c.test.' }], IsTruncated: false });
    expect(second.NextMarker).toBeUndefined();
    await expect(world.client.send(new ListHostedZonesCommand({ Marker: 'Z0NONE' }))).rejects.toMatchObject({
      name: 'InvalidInput',
    });
  });

  test('R11: ListHostedZonesByName is a cursor over reversed labels, not a filter', async () => {
    for (const name of ['shop.example.test', 'b.test', 'example.test', 'a.example.test']) await create(name);
    const names = async (DNSName?: string) =>
      (
        await world.client.send(new ListHostedZonesByNameCommand(DNSName === undefined ? {} : { DNSName }))
      ).HostedZones?.map(({ Name }) => Name);
    expect(await names()).toEqual(['b.test.', 'example.test.', 'a.example.test.', 'shop.example.test.']);
    expect(await names('b.example.test')).toEqual(['shop.example.test.']);
    expect(await names('zzz.test')).toEqual([]);
    const page = await world.client.send(new ListHostedZonesByNameCommand({ DNSName: 'example.test', MaxItems: 1 }));
    expect(page).toMatchObject({
      DNSName: 'example.test',
      IsTruncated: true,
      NextDNSName: 'a.example.test.',
      NextHostedZoneId: expect.stringMatching(/^Z/),
    });
  });

  test('counts, limits and comments', async () => {
    const { id } = await world.zone();
    expect(await world.client.send(new GetHostedZoneCountCommand({}))).toMatchObject({ HostedZoneCount: 1 });
    expect(
      await world.client.send(new GetHostedZoneLimitCommand({ HostedZoneId: id, Type: 'MAX_RRSETS_BY_ZONE' })),
    ).toMatchObject({ Limit: { Value: 10_000 }, Count: 2 });
    const commented = await world.client.send(new UpdateHostedZoneCommentCommand({ Id: id, Comment: 'new' }));
    expect(commented.HostedZone?.Config?.Comment).toBe('new');
  });
});

describe('DeleteHostedZone', () => {
  test('refuses a zone with records of its own', async () => {
    const { id } = await world.zone();
    await world.change(id, aChange('CREATE', 'www.shop.example.test', 'A', '203.0.113.9'));
    await expect(world.client.send(new DeleteHostedZoneCommand({ Id: id }))).rejects.toMatchObject({
      name: 'HostedZoneNotEmpty',
      message: 'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    });
  });

  test('R16: takes an empty one from its servers; the delegation at the parent stays and is lame', async () => {
    const { id } = await world.zone();
    const { ChangeInfo: info } = await world.client.send(new DeleteHostedZoneCommand({ Id: id }));
    expect(info).toMatchObject({ Status: 'PENDING' });
    await world.settle();
    await expect(world.client.send(new GetHostedZoneCommand({ Id: id }))).rejects.toMatchObject({
      name: 'NoSuchHostedZone',
    });
    expect(world.names.registrar.delegation('shop.example.test')).toHaveLength(4);
    expect(await world.names.freshResolver.resolve('shop.example.test', 'SOA')).toMatchObject({ rcode: 'SERVFAIL' });
  });
});
