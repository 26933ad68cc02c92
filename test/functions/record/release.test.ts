import { DescribeAddressesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesCommand,
  NoSuchHealthCheck,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { Operation } from '../../../domain/ledger/operation.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { markerSet } from '../../../domain/records/marker.ts';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import { handler } from '../../../functions/resources/record.ts';
import { recordAdopted, recordMade } from '../../../resources/record/write-records.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSet } from '../../support/records.ts';
import { aSiteItem } from '../../support/site.ts';
import {
  event as anEvent,
  context,
  domain,
  givenStep,
  givenUndo,
  owner,
  ownTags,
  theStep,
  undoing,
} from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const event = { ...anEvent, phase: 'release' as const };
const ledger = useLedger();
const route53 = mockClient(Route53Client);
const elb = mockClient(ElasticLoadBalancingV2Client);
const ec2 = mockClient(EC2Client);
const ours: RecordSet = { name: domain, type: 'A', ttlSeconds: 300, values: ['203.0.113.7'] };
const marker = markerSet(domain, { ...owner, generation: 1 });
const address = stored(domain, 'A', '203.0.113.7');
const mark = stored(marker.name, 'TXT', ...marker.values);

beforeEach(async () => {
  for (const stub of [route53, elb, ec2]) stub.reset();
  route53.on(ListHostedZonesCommand).resolves({
    HostedZones: [{ Id: '/hostedzone/ZEXAMPLE', Name: 'example.test.', CallerReference: 'x' }],
    IsTruncated: false,
    MaxItems: 100,
    Marker: '',
  });
  elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [] });
  ec2.on(DescribeAddressesCommand).resolves({ Addresses: [] });
  await givenUndo(ledger);
  const made = [ours, marker].map((set) => recordMade(set, 'ZEXAMPLE'));
  await givenStep(ledger, { name: 'PointRecords', made });
});

/** The address that our records lead to, still to be released. */
const stillHeld = () =>
  ec2.on(DescribeAddressesCommand).resolves({
    Addresses: [{ PublicIp: '203.0.113.7', AllocationId: 'eipalloc-1', Tags: ownTags }],
  });

describe('RemoveRecords', () => {
  test('deletes what was written and its marker in one batch, and takes them out of the ledger', async () => {
    const mail = stored(domain, 'MX', '10 mail.example.test.');
    const zone = new StubbedZone(route53, [address, mark, mail]);
    expect(await handler(event, context)).toEqual({ changes: [{ zoneId: 'ZEXAMPLE', changeId: 'C1' }], left: [] });
    expect(zone.sets).toEqual([mail]);
    expect(zone.batches).toHaveLength(1);
    expect((await theStep(ledger, 'PointRecords')).made).toEqual([]);
  });

  test('R8: leaves a record that somebody has changed since, and says so', async () => {
    const zone = new StubbedZone(route53, [stored(domain, 'A', '198.51.100.9'), mark]);
    expect(await handler(event, context)).toMatchObject({
      left: [
        {
          type: 'record',
          id: `${domain} A`,
          why: expect.stringContaining('it was changed since by another tool or person'),
        },
      ],
    });
    expect(zone.targets()).toContain(`${domain} A`);
  });

  test('leaves a record that has lost its marker', async () => {
    const zone = new StubbedZone(route53, [address]);
    expect(await handler(event, context)).toMatchObject({
      left: [{ why: expect.stringContaining('no longer marked as ours') }],
    });
    expect(zone.batches).toEqual([]);
  });

  test('S1: stops before a record dangles that leads to what would go and is not as it was written', async () => {
    stillHeld();
    const zone = new StubbedZone(route53, [stored(domain, 'A', '203.0.113.7', '198.51.100.9'), mark]);
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('Delete it or point it elsewhere, then try again'),
    });
    expect(zone.batches).toEqual([]);
  });

  test('W7: removes what a worker wrote that died before it told the ledger', async () => {
    stillHeld();
    const other = stored(`www.${domain}`, 'A', '203.0.113.7');
    const otherMarker = markerSet(`www.${domain}`, { ...owner, generation: 1 });
    const zone = new StubbedZone(route53, [
      { ...other, TTL: 60 },
      stored(otherMarker.name, 'TXT', ...otherMarker.values),
    ]);
    expect(await handler(event, context)).toMatchObject({ left: [] });
    expect(zone.sets).toEqual([]);
  });

  test('says so when what was adopted cannot come back, and remembers it', async () => {
    const theirs: RecordSet = { ...ours, setIdentifier: 'blue', routing: { Weight: 10, HealthCheckId: 'gone' } };
    const made = [...[ours, marker].map((set) => recordMade(set, 'ZEXAMPLE')), recordAdopted(theirs, 'ZEXAMPLE')];
    await givenStep(ledger, { name: 'PointRecords', made });
    new StubbedZone(route53, [address, mark]);
    const message = 'A health check with id gone does not exist.';
    route53.on(ChangeResourceRecordSetsCommand).rejects(new NoSuchHealthCheck({ message, $metadata: {} }));
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(message),
    });
    expect((await theStep(ledger, 'PointRecords')).made).toEqual(made);
  });

  test('puts back what was adopted in the batch that takes ours away, and forgets it', async () => {
    const routing = { Weight: 10, HealthCheckId: 'b7' };
    const blue: RecordSet = { ...ours, values: ['198.51.100.1'], setIdentifier: 'blue', routing };
    const made = [...[ours, marker].map((set) => recordMade(set, 'ZEXAMPLE')), recordAdopted(blue, 'ZEXAMPLE')];
    await givenStep(ledger, { name: 'PointRecords', made });
    const zone = new StubbedZone(route53, [address, mark]);
    await handler(event, context);
    expect(zone.sets).toEqual([{ ...stored(domain, 'A', '198.51.100.1'), SetIdentifier: 'blue', ...routing }]);
    expect(zone.batches).toHaveLength(1);
    const { message } = await theStep(ledger, 'RemoveRecords');
    expect(message).toContain('put back what was adopted: shop.example.test A 198.51.100.1 (set "blue")');
    expect((await theStep(ledger, 'PointRecords')).made).toEqual([]);
    await handler(event, context);
    expect(zone.batches).toHaveLength(1);
  });
});

describe('RemoveRecords of a site that was live', () => {
  const line = `Delete ${domain} A 203.0.113.7 from the zone "example.test" (ZEXAMPLE)`;

  async function givenLive(deletes?: Operation['deletes']): Promise<void> {
    const before = aSiteItem(undoing);
    const operation = {
      ...before.operation,
      name: 'undo',
      execution: 'e',
      startedAt: 'a',
      ...(deletes && { deletes }),
    };
    await writeSite(ledger, { ...before, liveAt: '2026-11-22T12:05:00.000Z', operation } as SiteItem, { over: before });
  }

  test.each([
    ['began with', { zoneId: 'ZEXAMPLE', set: aSet(domain, 'A', '203.0.113.7') }],
    ['began with in words, under an earlier version', line],
  ])('S14: deletes what its operation %s', async (_, listed) => {
    await givenLive([listed]);
    const zone = new StubbedZone(route53, [address, mark]);
    await handler(event, context);
    expect(zone.sets).toEqual([]);
  });

  test('S14: stops at the write when it would delete more than that, and deletes nothing', async () => {
    await givenLive([{ zoneId: 'ZEXAMPLE', set: aSet(domain, 'A', '203.0.113.8') }, 'Delete something else']);
    const zone = new StubbedZone(route53, [address, mark]);
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Refused',
      message: `Cannot delete 1 record set: not on the list that the operation began with: ${line}. Look at it, then ask for the undo or the change again, and approve what its answer lists`,
    });
    expect(zone.batches).toEqual([]);
  });

  test('S14: without a list deletes no more than goes unasked', async () => {
    await givenLive();
    const zone = new StubbedZone(route53, [address, mark]);
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('1 of ours stand in the zone, and that is not approved'),
    });
    const others = Array.from({ length: 3 }, (_, n) =>
      markerSet(`blog-${n}.example.test`, { ...owner, generation: 1 }),
    );
    zone.sets.push(
      ...others.flatMap(({ name, values }) => [
        stored(name, 'TXT', ...values),
        stored(name.replace('_nameplate.', ''), 'A', '203.0.113.9'),
      ]),
    );
    await handler(event, context);
    expect(zone.batches).toHaveLength(1);
  });
});
