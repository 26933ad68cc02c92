import {
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsRequest,
  type ResourceRecordSet,
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

const list = (input: Partial<ListResourceRecordSetsRequest> = {}) =>
  world.client.send(new ListResourceRecordSetsCommand({ HostedZoneId: id, ...input }));
const names = (sets: ResourceRecordSet[] = []) =>
  sets.map(({ Name, Type, SetIdentifier }) =>
    [Name?.replace(`${ZONE}.`, '@'), Type, SetIdentifier].filter(Boolean).join(' '),
  );

function weighted(name: string, identifier: string) {
  const change = aChange('CREATE', name, 'A', '203.0.113.9');
  return {
    ...change,
    ResourceRecordSet: { ...change.ResourceRecordSet, SetIdentifier: identifier, Weight: 1 } as ResourceRecordSet,
  };
}

describe('ListResourceRecordSets', () => {
  test('lists by reversed name, type and identifier, names in their one form', async () => {
    await world.change(
      id,
      aChange('CREATE', `www.${ZONE}`, 'TXT', '"t"'),
      weighted(`www.${ZONE}`, 'b'),
      weighted(`www.${ZONE}`, 'a'),
      aChange('CREATE', `*.${ZONE}`, 'A', '203.0.113.9'),
      aChange('CREATE', `a.api.${ZONE}`, 'A', '203.0.113.9'),
      aChange('CREATE', `b.${ZONE}`, 'A', '203.0.113.9'),
    );
    expect(names((await list()).ResourceRecordSets)).toEqual([
      '@ NS',
      '@ SOA',
      '\\052.@ A',
      'a.api.@ A',
      'b.@ A',
      'www.@ A a',
      'www.@ A b',
      'www.@ TXT',
    ]);
  });

  test('goes page by page, splitting the sets of one name', async () => {
    await world.change(
      id,
      weighted(`www.${ZONE}`, 'a'),
      weighted(`www.${ZONE}`, 'b'),
      aChange('CREATE', `zzz.${ZONE}`, 'A', '203.0.113.9'),
    );
    const first = await list({ MaxItems: 3 });
    expect(first).toMatchObject({
      IsTruncated: true,
      NextRecordName: `www.${ZONE}.`,
      NextRecordType: 'A',
      NextRecordIdentifier: 'b',
      MaxItems: 3,
    });
    const second = await list({
      StartRecordName: String(first.NextRecordName),
      StartRecordType: 'A',
      StartRecordIdentifier: String(first.NextRecordIdentifier),
    });
    expect(names(second.ResourceRecordSets)).toEqual(['www.@ A b', 'zzz.@ A']);
    expect(second).toMatchObject({ IsTruncated: false, MaxItems: 300 });
    expect(second.NextRecordName).toBeUndefined();
  });

  test('begins at a name that need not exist', async () => {
    await world.change(
      id,
      aChange('CREATE', `b.${ZONE}`, 'A', '203.0.113.9'),
      aChange('CREATE', `d.${ZONE}`, 'A', '203.0.113.9'),
    );
    expect(names((await list({ StartRecordName: `C.${ZONE}` })).ResourceRecordSets)).toEqual(['d.@ A']);
    expect(names((await list({ StartRecordName: `b.${ZONE}`, StartRecordType: 'AAAA' })).ResourceRecordSets)).toEqual([
      'd.@ A',
    ]);
  });

  test('an odd start is InvalidInput', async () => {
    for (const input of [
      { StartRecordType: 'A' as const },
      { StartRecordName: ZONE, StartRecordIdentifier: 'x' },
      { StartRecordName: 'a..b' },
      { MaxItems: 0 },
    ]) {
      await expect(list(input)).rejects.toMatchObject({ name: 'InvalidInput' });
    }
  });
});
