import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { listRecordsBelow } from '../../../aws/records/list-records.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const route53 = mockClient(Route53Client);
const client = new Route53Client({});
beforeEach(() => {
  route53.reset();
});

const names = async (zone: StubbedZone, name: string, limit?: number) =>
  (await listRecordsBelow(client, { zoneId: zone.id, name, ...(limit !== undefined && { limit }) })).map(
    (set) => `${set.name} ${set.type}`,
  );

describe('listRecordsBelow()', () => {
  const sets = [
    stored('example.test', 'SOA', 'x'),
    stored('shop.example.test', 'A', '203.0.113.7'),
    stored('*.shop.example.test', 'A', '203.0.113.8'),
    stored('www.shop.example.test', 'A', '203.0.113.9'),
    stored('shop-2.example.test', 'A', '203.0.113.10'),
    stored('shopping.example.test', 'A', '203.0.113.11'),
  ];

  test('R11, R20: tells what is at and below the name, in canonical form, and nothing of its neighbours', async () => {
    const zone = new StubbedZone(route53, sets);
    expect(await names(zone, 'shop.example.test')).toEqual([
      'shop.example.test A',
      '*.shop.example.test A',
      'www.shop.example.test A',
    ]);
    expect(await names(zone, 'sho.example.test')).toEqual([]);
    expect(await names(zone, '*.shop.example.test')).toEqual(['*.shop.example.test A']);
  });

  test('reads all pages, and stops where the name ends', async () => {
    const zone = new StubbedZone(route53, sets);
    zone.pageSize = 1;
    expect(await names(zone, 'shop.example.test')).toHaveLength(3);
    expect(route53.commandCalls(ListResourceRecordSetsCommand)).toHaveLength(4);
  });

  test('stops at the limit', async () => {
    expect(await names(new StubbedZone(route53, sets), 'shop.example.test', 1)).toEqual(['shop.example.test A']);
  });

  test('reads aliases, TTLs and routing policies', async () => {
    const zone = new StubbedZone(route53, [
      {
        Name: 'shop.example.test',
        Type: 'A',
        SetIdentifier: 'blue',
        Weight: 0,
        HealthCheckId: 'b7',
        AliasTarget: { HostedZoneId: 'Z35', DNSName: 'NP-1.elb.amazonaws.com.', EvaluateTargetHealth: true },
      },
      stored('shop.example.test', 'TXT', '"x"'),
    ]);
    expect(await listRecordsBelow(client, { zoneId: zone.id, name: 'shop.example.test' })).toEqual([
      {
        name: 'shop.example.test',
        type: 'A',
        values: [],
        setIdentifier: 'blue',
        alias: { zoneId: 'Z35', name: 'np-1.elb.amazonaws.com', evaluateTargetHealth: true },
        routing: { Weight: 0, HealthCheckId: 'b7' },
      },
      { name: 'shop.example.test', type: 'TXT', ttlSeconds: 300, values: ['"x"'] },
    ]);
  });

  test('R3: a page that fails is not an empty list', async () => {
    const zone = new StubbedZone(route53, sets);
    zone.pageSize = 1;
    route53
      .on(ListResourceRecordSetsCommand, { StartRecordName: 'www.shop.example.test.' })
      .rejects(Object.assign(new Error('Rate exceeded'), { name: 'Throttling' }));
    await expect(names(zone, 'shop.example.test')).rejects.toThrow('Rate exceeded');
  });
});
