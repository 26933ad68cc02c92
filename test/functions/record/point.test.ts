import {
  ChangeResourceRecordSetsCommand,
  InvalidChangeBatch,
  Route53Client,
  type RRType,
} from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Site } from '../../../domain/sites/site.ts';
import { handler } from '../../../functions/resources/record.ts';
import { useLedger } from '../../support/ledger.ts';
import { event as anEvent, aSiteZone, awsError, context, domain, givenSite, theStep } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const event = { ...anEvent, phase: 'shift' as const };
const ledger = useLedger();
const route53 = mockClient(Route53Client);
beforeEach(() => {
  route53.reset();
});

const directName = `direct.${domain}`;
const balancer = {
  loadBalancerArn: 'arn:lb',
  dnsName: 'np-1.us-east-1.elb.amazonaws.com',
  zoneId: 'Z35SXDOTRQ7X7K',
  createdAt: '2026-11-22T12:00:00.000Z',
};
const marker = (name: string, generation: number) =>
  stored(`_nameplate.${name}`, 'TXT', `"heritage=nameplate,stack=Nameplate,site=${domain},generation=${generation}"`);

async function givenPrepared(site: Partial<Site> = {}): Promise<void> {
  const names = [domain, `www.${domain}`, ...(site.directName === undefined ? [] : [site.directName])];
  await givenSite(ledger, {
    site,
    outputs: {
      FindZone: { zones: [aSiteZone({ names })], nameServers: [] },
      ReserveAddress: { address: '203.0.113.7' },
      ...(site.edge === 'direct' ? {} : { CreateLoadBalancer: balancer }),
    },
  });
}

describe('PointRecords', () => {
  test('R29: moves A and AAAA of every name, and the direct name, in one batch with the markers', async () => {
    await givenPrepared({ directName });
    const zone = new StubbedZone(route53);
    expect(await handler(event, context)).toMatchObject({ changes: [{ zoneId: 'ZEXAMPLE', changeId: 'C1' }] });
    expect(zone.batches).toEqual([
      [
        `CREATE ${domain} A`,
        `CREATE ${domain} AAAA`,
        `CREATE _nameplate.${domain} TXT`,
        `CREATE www.${domain} A`,
        `CREATE www.${domain} AAAA`,
        `CREATE _nameplate.www.${domain} TXT`,
        `CREATE ${directName} A`,
        `CREATE _nameplate.${directName} TXT`,
      ],
    ]);
    expect(zone.sets[0]).toEqual({
      Name: domain,
      Type: 'A',
      AliasTarget: {
        HostedZoneId: balancer.zoneId,
        DNSName: `dualstack.${balancer.dnsName}`,
        EvaluateTargetHealth: false,
      },
    });
    expect(zone.sets.find(({ Name }) => Name === directName)).toMatchObject({
      TTL: 60,
      ResourceRecords: [{ Value: '203.0.113.7' }],
    });
    expect((await theStep(ledger, 'PointRecords')).made).toHaveLength(5);
  });

  test('points every name at the instance when there is no load balancer', async () => {
    await givenPrepared({ edge: 'direct' });
    const zone = new StubbedZone(route53);
    await handler(event, context);
    expect(zone.batches).toEqual([
      [
        `CREATE ${domain} A`,
        `CREATE _nameplate.${domain} TXT`,
        `CREATE www.${domain} A`,
        `CREATE _nameplate.www.${domain} TXT`,
      ],
    ]);
  });

  test('R6: does not overwrite a foreign record', async () => {
    await givenPrepared();
    const zone = new StubbedZone(route53, [stored(domain, 'A', '198.51.100.9')]);
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`${domain} A 198.51.100.9`),
    });
    expect(zone.batches).toEqual([]);
  });

  test('R8: replaces its own earlier record by naming its exact value, and moves the marker on', async () => {
    await givenPrepared();
    const zone = new StubbedZone(route53, [stored(domain, 'A', '198.51.100.9'), marker(domain, 3)]);
    await handler(event, context);
    expect(zone.batches[0]?.slice(0, 5)).toEqual([
      `DELETE ${domain} A`,
      `DELETE _nameplate.${domain} TXT`,
      `CREATE ${domain} A`,
      `CREATE ${domain} AAAA`,
      `CREATE _nameplate.${domain} TXT`,
    ]);
    expect(zone.sets).toContainEqual(marker(domain, 4));
  });

  test('A3: leads the aliases of an earlier version to the name that has IPv6', async () => {
    await givenPrepared({ aliases: [] });
    const { zoneId: HostedZoneId, dnsName: DNSName } = balancer;
    const bare = ['A', 'AAAA'].map((Type) => ({
      Name: domain,
      Type: Type as RRType,
      AliasTarget: { HostedZoneId, DNSName, EvaluateTargetHealth: false },
    }));
    const zone = new StubbedZone(route53, [...bare, marker(domain, 3)]);
    await handler(event, context);
    expect(zone.batches[0]?.filter((line) => !line.includes('_nameplate'))).toEqual(
      expect.arrayContaining(['A', 'AAAA'].flatMap((type) => [`DELETE ${domain} ${type}`, `CREATE ${domain} ${type}`])),
    );
    expect(zone.sets).toContainEqual({
      ...bare[1],
      AliasTarget: { ...bare[1]?.AliasTarget, DNSName: `dualstack.${DNSName}` },
    });
  });

  test('R32: stops at a record that somebody protects, shows what Route 53 says of it, and tries no other way', async () => {
    await givenPrepared();
    const zone = new StubbedZone(route53);
    const said = `The record ${domain} A is protected: do not touch before Monday`;
    route53
      .on(ChangeResourceRecordSetsCommand)
      .rejects(new InvalidChangeBatch({ message: said, messages: [], $metadata: {} }));
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(
        /is protected: do not touch before Monday.* or they are protected from changes; look at/,
      ),
    });
    expect(route53.commandCalls(ChangeResourceRecordSetsCommand)).toHaveLength(1);
    expect(zone.sets).toEqual([]);
  });

  test('W12: a batch planned on an older view fails whole, and what stands is judged anew', async () => {
    await givenPrepared();
    const zone = new StubbedZone(route53, [stored(domain, 'A', '198.51.100.9'), marker(domain, 3)]);
    route53.on(ChangeResourceRecordSetsCommand).callsFakeOnce((input) => {
      // Another worker is faster.
      zone.sets = [stored(domain, 'A', '198.51.100.10'), marker(domain, 4)];
      return zone.change(input);
    });
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('Another tool changes these records'),
    });
    expect(zone.targets()).toEqual([`_nameplate.${domain} TXT`, `${domain} A`]);
  });

  test('R1: leaves a busy zone to the workflow', async () => {
    await givenPrepared();
    new StubbedZone(route53);
    route53.on(ChangeResourceRecordSetsCommand).rejects(awsError('PriorRequestNotComplete'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Throttled' });
  });

  test('R31: keeps the mail that a wildcard gave to a name', async () => {
    await givenPrepared();
    const zone = new StubbedZone(route53, [stored('*.example.test', 'MX', '10 mail.example.test.')]);
    await handler(event, context);
    expect(zone.targets()).toContain(`${domain} MX`);
    expect(zone.targets()).toContain(`www.${domain} MX`);
  });

  describe('with "adopt"', () => {
    const weighted = (SetIdentifier: string, value: string) => ({
      ...stored(domain, 'A', value),
      SetIdentifier,
      Weight: 10,
    });
    const blue = weighted('blue', '198.51.100.1');
    const green = weighted('green', '198.51.100.2');
    const remembered = async () =>
      (await theStep(ledger, 'PointRecords')).made.filter(({ type }) => type === 'adopted record');

    test('R6: takes over what stands at the names, all in the batch that makes ours, and remembers it whole', async () => {
      await givenPrepared({ adopt: true });
      const zone = new StubbedZone(route53, [blue, green, stored(`www.${domain}`, 'CNAME', 'elsewhere.test.')]);
      await handler(event, context);
      expect(zone.batches).toHaveLength(1);
      expect(zone.batches[0]?.slice(0, 3)).toEqual([
        `DELETE ${domain} A`,
        `DELETE ${domain} A`,
        `DELETE www.${domain} CNAME`,
      ]);
      expect(await remembered()).toMatchObject([
        {
          id: `${domain} A "blue"`,
          before: { zoneId: 'ZEXAMPLE', set: { setIdentifier: 'blue', ttlSeconds: 300, routing: { Weight: 10 } } },
        },
        { id: `${domain} A "green"` },
        { id: `www.${domain} CNAME`, before: { set: { values: ['elsewhere.test.'] } } },
      ]);
      expect((await theStep(ledger, 'PointRecords')).message).toContain('what was adopted: shop.example.test A');
      // C10: until when resolvers may answer with it.
      expect((await theStep(ledger, 'PointRecords')).message).toMatch(
        /Resolvers may answer with the old records until \d{4}-\d\d-\d\d \d\d:\d\d UTC \(TTL 300 s\)/,
      );
    });

    test('W12: remembers what stands now, not what stood when a batch was never made', async () => {
      await givenPrepared({ adopt: true });
      const zone = new StubbedZone(route53, [blue, green]);
      route53.on(ChangeResourceRecordSetsCommand).rejectsOnce(awsError('PriorRequestNotComplete'));
      await expect(handler(event, context)).rejects.toMatchObject({ name: 'Throttled' });
      zone.sets = [stored(domain, 'A', '198.51.100.3')];
      route53.on(ChangeResourceRecordSetsCommand).callsFake((input) => zone.change(input));
      await handler(event, context);
      expect(await remembered()).toMatchObject([{ id: `${domain} A`, before: { set: { values: ['198.51.100.3'] } } }]);
    });

    test('remembers a foreign record that says what is declared, however often it runs', async () => {
      await givenPrepared({ adopt: true, edge: 'direct' });
      const same = { ...stored(domain, 'A', '203.0.113.7'), TTL: 60 };
      new StubbedZone(route53, [same]);
      route53.on(ChangeResourceRecordSetsCommand).rejectsOnce(awsError('PriorRequestNotComplete'));
      await expect(handler(event, context)).rejects.toMatchObject({ name: 'Throttled' });
      const zone = new StubbedZone(route53, [same]);
      await handler(event, context);
      expect(zone.batches[0]).not.toContain(`CREATE ${domain} A`);
      expect(await remembered()).toMatchObject([{ id: `${domain} A` }]);
    });

    test('leaves what another site of ours holds', async () => {
      await givenPrepared({ adopt: true });
      const other = stored(`_nameplate.${domain}`, 'TXT', '"heritage=nameplate,stack=Other,site=x.test,generation=1"');
      const zone = new StubbedZone(route53, [blue, other]);
      await expect(handler(event, context)).rejects.toMatchObject({ name: 'Conflict' });
      expect(zone.batches).toEqual([]);
    });
  });
});
