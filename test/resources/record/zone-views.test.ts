import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { client } from '../../../aws/clients.ts';
import { readZoneViews } from '../../../resources/record/zone-views.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const route53 = mockClient(Route53Client);
const names = ['deep.shop.example.test', 'www.example.test', 'blog.example.test'];
const SETS = [
  stored('example.test', 'MX', '10 mail.example.test.'),
  stored('*.example.test', 'A', '203.0.113.1'),
  stored('shop.example.test', 'A', '203.0.113.2'),
  stored('_x.deep.shop.example.test', 'CNAME', 'validation.test.'),
  stored('www.example.test', 'A', '203.0.113.3'),
  stored('other.example.test', 'A', '203.0.113.4'),
];

async function view(recordCount?: number) {
  const zone = { id: 'ZEXAMPLE', name: 'example.test', names, nameServers: [], ours: false };
  const [read] = await readZoneViews(client(Route53Client), [
    { ...zone, ...(recordCount !== undefined && { recordCount }) },
  ]);
  return { ...read?.view, sets: read?.view.sets.map(({ name, type }) => `${name} ${type}`).sort() };
}

describe('readZoneViews()', () => {
  beforeEach(() => {
    route53.reset();
    new StubbedZone(route53, SETS);
  });
  const listings = () => route53.commandCalls(ListResourceRecordSetsCommand).length;

  test('sees what stands at and below the names, and at those between them and the zone, wildcards included', async () => {
    const sets = ['*.example.test A', '_x.deep.shop.example.test CNAME', 'shop.example.test A', 'www.example.test A'];
    expect(await view()).toEqual({ zone: 'example.test', sets });
    expect(listings()).toBe(6);
  });

  test('sees the same in one listing of a zone that is small', async () => {
    const apart = await view();
    route53.resetHistory();
    expect(await view(SETS.length)).toEqual(apart);
    expect(listings()).toBe(1);
  });

  test('lists a zone whole only where that takes fewer pages', async () => {
    await view(5 * 300);
    expect(route53.commandCalls(ListResourceRecordSetsCommand)[0]?.args[0].input.StartRecordName).toBe('example.test');
    route53.resetHistory();
    await view(5 * 300 + 1);
    expect(listings()).toBe(6);
  });
});
