import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  ListHostedZonesCommand,
  ListTagsForResourceCommand,
  ListTagsForResourcesCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aChange, aRoute53World, type Route53World } from './world.ts';

let world: Route53World;
let id: string;
const ZONE = 'shop.example.test';
beforeEach(async () => {
  world = await aRoute53World();
  ({ id } = await world.zone(ZONE));
});
afterEach(() => world.aws.close());

describe('permissions', () => {
  test('a writer of validation records may write those, of that type, in that zone, and nothing else', async () => {
    const credentials = world.aws.role({
      Effect: 'Allow',
      Action: 'route53:ChangeResourceRecordSets',
      Resource: `arn:aws:route53:::hostedzone/${id}`,
      Condition: {
        'ForAllValues:StringLike': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': [`_*.${ZONE}`] },
        'ForAllValues:StringEquals': {
          'route53:ChangeResourceRecordSetsRecordTypes': ['CNAME'],
          'route53:ChangeResourceRecordSetsActions': ['CREATE'],
        },
      },
    });
    const writer = world.aws.client(Route53Client, { credentials });
    const send = async (HostedZoneId: string, ...Changes: ReturnType<typeof aChange>[]) => {
      await world.aws.clock.advance(3000);
      return writer.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
    };
    await send(id, aChange('CREATE', `_X.www.${ZONE}.`, 'CNAME', '_y.acm-validations.aws'));
    const denied = { name: 'AccessDenied' };
    await expect(send(id, aChange('CREATE', `www.${ZONE}`, 'CNAME', 'example.com'))).rejects.toMatchObject(denied);
    await expect(send(id, aChange('CREATE', `_x.${ZONE}`, 'TXT', '"t"'))).rejects.toMatchObject(denied);
    await expect(send(id, aChange('UPSERT', `_x.${ZONE}`, 'CNAME', 'example.com'))).rejects.toMatchObject(denied);
    await expect(
      send(id, aChange('CREATE', `_a.${ZONE}`, 'CNAME', 'a.b'), aChange('CREATE', ZONE, 'A', '203.0.113.9')),
    ).rejects.toMatchObject(denied);
    const other = await world.zone('other.example.test');
    await expect(send(other.id, aChange('CREATE', `_x.${ZONE}`, 'CNAME', 'a.b'))).rejects.toMatchObject(denied);
  });

  test('zones and changes are resources, the list of zones is not', async () => {
    const credentials = world.aws.role(
      { Effect: 'Allow', Action: 'route53:GetHostedZone', Resource: `arn:aws:route53:::hostedzone/${id}` },
      {
        Effect: 'Allow',
        Action: ['route53:GetChange', 'route53:ListHostedZones'],
        Resource: 'arn:aws:route53:::change/*',
      },
    );
    const reader = world.aws.client(Route53Client, { credentials });
    const change = await world.change(id, aChange('CREATE', ZONE, 'A', '203.0.113.9'));
    await reader.send(new GetHostedZoneCommand({ Id: id }));
    await reader.send(new GetChangeCommand({ Id: change }));
    await expect(reader.send(new ListHostedZonesCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('throttling', () => {
  test('R2: 50 calls at once, then 10 a second, for the whole account', async () => {
    const call = () => world.client.send(new ListHostedZonesCommand({}));
    await world.aws.clock.advance(60_000);
    const results = await Promise.allSettled(Array.from({ length: 60 }, call));
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused.length).toBeGreaterThanOrEqual(5);
    expect(refused[0]).toMatchObject({
      name: 'Throttling',
      message: 'Rate exceeded',
      $metadata: { httpStatusCode: 400 },
    });
    await world.aws.clock.advance(1000);
    await call();
  });
});

describe('tags', () => {
  const tags = async () =>
    (await world.client.send(new ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: id })))
      .ResourceTagSet?.Tags;
  const changeTags = (rest: object) =>
    world.client.send(new ChangeTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: id, ...rest }));

  test('are added, changed and taken away', async () => {
    expect(await tags()).toEqual([]);
    await changeTags({
      AddTags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    await changeTags({ AddTags: [{ Key: 'a', Value: '3' }], RemoveTagKeys: ['b'] });
    expect(await tags()).toEqual([{ Key: 'a', Value: '3' }]);
    const all = await world.client.send(
      new ListTagsForResourcesCommand({ ResourceType: 'hostedzone', ResourceIds: [id] }),
    );
    expect(all.ResourceTagSets).toMatchObject([{ ResourceType: 'hostedzone', ResourceId: id, Tags: [{ Key: 'a' }] }]);
  });

  test('belong to zones that exist', async () => {
    await expect(
      world.client.send(new ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: 'Z0NONE' })),
    ).rejects.toMatchObject({ name: 'NoSuchHostedZone' });
    await expect(
      world.client.send(new ListTagsForResourceCommand({ ResourceType: 'healthcheck', ResourceId: 'x' })),
    ).rejects.toMatchObject({ name: 'NoSuchHealthCheck' });
    await expect(
      world.client.send(new ListTagsForResourceCommand({ ResourceType: 'other' as never, ResourceId: id })),
    ).rejects.toMatchObject({ name: 'InvalidInput' });
    await expect(changeTags({})).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});
