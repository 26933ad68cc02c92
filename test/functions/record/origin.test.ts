import { DescribeAddressesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  GetChangeCommand,
  ListHostedZonesCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { StepOutputs } from '../../../domain/ledger/outputs.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { handler as awaitOriginSync } from '../../../functions/gates/await-origin-sync.ts';
import { handler } from '../../../functions/resources/record.ts';
import { MOVES_LATER } from '../../../resources/record/phase.ts';
import { useLedger } from '../../support/ledger.ts';
import { aCdn, aSite } from '../../support/site.ts';
import {
  aSiteZone,
  changing,
  context,
  domain,
  event,
  givenSite,
  givenStep,
  theStep,
  undoing,
} from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const route53 = mockClient(Route53Client);
const elb = mockClient(ElasticLoadBalancingV2Client);
const ec2 = mockClient(EC2Client);

const originName = `origin.${domain}`;
const site = aSite({ edge: 'cdn', aliases: [] });
const outputs: Partial<StepOutputs> = {
  FindZone: { zones: [aSiteZone({ names: [domain, originName] })], nameServers: [] },
  CreateLoadBalancer: {
    loadBalancerArn: 'arn:lb',
    dnsName: 'np-1.us-east-1.elb.amazonaws.com',
    zoneId: 'Z35SXDOTRQ7X7K',
    createdAt: '2026-11-22T12:00:00.000Z',
  },
  CreateDistribution: { distributionId: 'E1', domainName: 'd111111abcdef8.cloudfront.net' },
  ReserveAddress: {},
};

beforeEach(() => {
  for (const stub of [route53, elb, ec2]) stub.reset();
  elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [] });
  ec2.on(DescribeAddressesCommand).resolves({ Addresses: [] });
  route53.on(ListHostedZonesCommand).resolves({
    HostedZones: [{ Id: '/hostedzone/ZEXAMPLE', Name: 'example.test.', CallerReference: 'x' }],
    IsTruncated: false,
    MaxItems: 100,
    Marker: '',
  });
});

/** Another operation of the site begins, with what its steps leave. */
async function begin(item: Partial<SiteItem>, later: Partial<StepOutputs> = {}): Promise<void> {
  const over = await readSiteItem(ledger, domain);
  if (!over) throw new Error('The ledger has no site');
  await writeSite(ledger, { ...over, revision: 2, ...item }, { over });
  for (const [name, output] of Object.entries(later)) await givenStep(ledger, { name, revision: 2, output });
}

const pointOrigin = () => handler({ ...event, phase: 'prepare-origin' }, context);
const pointRecords = () => handler({ ...event, phase: 'shift' }, context);
const removeOriginRecord = () => handler({ ...event, revision: 2, phase: 'release-origin' }, context);
const removeRecords = () => handler({ ...event, revision: 2, phase: 'release' }, context);

describe('PointOrigin', () => {
  test('writes the record of the origin name and its marker in one batch, and none that viewers come by', async () => {
    await givenSite(ledger, { site, outputs });
    const zone = new StubbedZone(route53);
    expect(await pointOrigin()).toEqual({ changes: [{ zoneId: 'ZEXAMPLE', changeId: 'C1' }] });
    expect(zone.batches).toEqual([[`CREATE ${originName} A`, `CREATE _nameplate.${originName} TXT`]]);
    expect(zone.sets[0]?.AliasTarget).toEqual({
      HostedZoneId: 'Z35SXDOTRQ7X7K',
      DNSName: 'dualstack.np-1.us-east-1.elb.amazonaws.com',
      EvaluateTargetHealth: false,
    });
    const { made, message } = await theStep(ledger, 'PointOrigin');
    expect([made.map(({ id }) => id), message]).toEqual([[`${originName} A`], `The records stand: ${originName} A`]);
  });

  test('does not wait for the distribution, which PointRecords cannot do without', async () => {
    const { CreateDistribution: _, ...before } = outputs;
    await givenSite(ledger, { site, outputs: before });
    const zone = new StubbedZone(route53);
    await pointOrigin();
    expect(zone.batches).toHaveLength(1);
    await expect(pointRecords()).rejects.toThrow('Cannot read what "CreateDistribution" left');
    expect(zone.batches).toHaveLength(1);
  });

  test('leaves a name that serves already and leads elsewhere by the next document to PointRecords, which moves it with those of viewers', async () => {
    await givenSite(ledger, { site, outputs });
    const zone = new StubbedZone(route53);
    await pointOrigin();
    await pointRecords();
    zone.batches.length = 0;
    const server = { server: { address: '198.51.100.7', port: 443, healthPath: '/' } };
    const moved = aSite({ edge: 'cdn', aliases: [], origin: server });
    await begin({ ...changing, site: moved, live: site }, outputs);
    const again = { ...event, revision: 2 };
    expect(await handler({ ...again, phase: 'prepare-origin' }, context)).toEqual({ changes: [] });
    expect((await theStep(ledger, 'PointOrigin')).message).toBe(MOVES_LATER);
    expect(zone.batches).toEqual([]);
    await handler({ ...again, phase: 'shift' }, context);
    expect(zone.batches.flat().filter((change) => change.includes(`${originName} A`))).toEqual([
      `DELETE ${originName} A`,
      `CREATE ${originName} A`,
    ]);
    expect(zone.sets.find(({ Name }) => Name === originName)).toMatchObject({
      ResourceRecords: [{ Value: '198.51.100.7' }],
    });
  });

  test('run again changes nothing, and keeps the change that is to be waited for', async () => {
    await givenSite(ledger, { site, outputs });
    const zone = new StubbedZone(route53);
    const first = await pointOrigin();
    expect(await pointOrigin()).toEqual(first);
    expect(zone.batches).toHaveLength(1);
  });

  test('leaves the traffic records to PointRecords, which leads them to the distribution', async () => {
    await givenSite(ledger, { site, outputs });
    const zone = new StubbedZone(route53);
    await pointOrigin();
    await pointRecords();
    expect(zone.batches.slice(1)).toEqual([
      [`CREATE ${domain} A`, `CREATE ${domain} AAAA`, `CREATE _nameplate.${domain} TXT`],
    ]);
    expect(zone.sets.filter(({ Name }) => Name === domain).map(({ AliasTarget }) => AliasTarget)).toEqual(
      Array(2).fill({
        HostedZoneId: 'Z2FDTNDATAQYW2',
        DNSName: 'd111111abcdef8.cloudfront.net',
        EvaluateTargetHealth: false,
      }),
    );
    expect((await theStep(ledger, 'PointRecords')).made.map(({ id }) => id)).toEqual([`${domain} A`, `${domain} AAAA`]);
  });

  test('R6: stops at a foreign record, and adopts no other name than the origin name', async () => {
    const foreign = stored(originName, 'A', '198.51.100.9');
    await givenSite(ledger, { site, outputs });
    const zone = new StubbedZone(route53, [foreign]);
    await expect(pointOrigin()).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`${originName} A 198.51.100.9`),
    });
    expect(zone.batches).toEqual([]);
  });

  test('R6: adopts no other name than the origin name', async () => {
    await givenSite(ledger, { site: { ...site, adopt: true }, outputs });
    const others = stored(domain, 'A', '198.51.100.10');
    const zone = new StubbedZone(route53, [stored(originName, 'A', '198.51.100.9'), others]);
    await pointOrigin();
    const { made } = await theStep(ledger, 'PointOrigin');
    expect(made.filter(({ type }) => type === 'adopted record').map(({ id }) => id)).toEqual([`${originName} A`]);
    expect(zone.sets).toContainEqual(others);
  });

  test('of another origin name leaves the record of the former one, which the CDN still connects to', async () => {
    await givenSite(ledger, { site, outputs });
    const zone = new StubbedZone(route53);
    await pointOrigin();
    const former = zone.sets.filter(({ Name }) => Name?.endsWith(originName));
    const renamed = { ...site, cdn: { ...aCdn(), originName: `lb.${domain}` } };
    const zones = [aSiteZone({ names: [domain, `lb.${domain}`] })];
    await begin(
      { ...changing, site: renamed, live: site, former: [originName] },
      { ...outputs, FindZone: { zones, nameServers: [] } },
    );
    await handler({ ...event, revision: 2, phase: 'prepare-origin' }, context);
    expect(zone.batches.at(-1)).toEqual([`CREATE lb.${domain} A`, `CREATE _nameplate.lb.${domain} TXT`]);
    expect(zone.sets).toEqual(expect.arrayContaining(former));
    await givenStep(ledger, { name: 'PointRecords', revision: 2, output: { changes: [] } });
    const batches = zone.batches.length;
    await removeRecords();
    expect(zone.batches).toHaveLength(batches);
    await removeOriginRecord();
    expect(zone.batches.at(-1)).toEqual([`DELETE ${originName} A`, `DELETE _nameplate.${originName} TXT`]);
  });
});

describe('AwaitOriginSync', () => {
  test('waits for the change of PointOrigin alone', async () => {
    await givenSite(ledger, {
      site,
      outputs: { ...outputs, PointOrigin: { changes: [{ zoneId: 'ZEXAMPLE', changeId: 'C7' }] } },
    });
    const status = (Status: 'PENDING' | 'INSYNC') =>
      route53
        .on(GetChangeCommand, { Id: 'C7' })
        .resolves({ ChangeInfo: { Id: '/change/C7', Status, SubmittedAt: new Date() } });
    status('PENDING');
    await expect(awaitOriginSync(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    status('INSYNC');
    await awaitOriginSync(event, context);
    expect(await theStep(ledger, 'AwaitOriginSync')).toMatchObject({ state: 'done' });
  });
});

describe('RemoveOriginRecord in a change from the CDN to a load balancer', () => {
  const at = (secondsAgo: number) => new Date(Date.now() - secondsAgo * 1_000).toISOString();

  /** Viewers were moved so long ago. */
  async function givenMoved(secondsAgo: number) {
    await givenSite(ledger, { site, outputs });
    const zone = new StubbedZone(route53);
    await pointOrigin();
    await begin(
      { ...changing, site: aSite({ aliases: [] }), live: site, former: [originName] },
      { ...outputs, PointRecords: { changes: [] } },
    );
    await givenStep(ledger, { name: 'AwaitSync', revision: 2, endedAt: at(secondsAgo), output: {} });
    return zone;
  }

  test('keeps the record of the origin name while resolvers may send viewers to the CDN', async () => {
    const zone = await givenMoved(30);
    await removeRecords();
    await expect(removeOriginRecord()).rejects.toMatchObject({
      name: 'Awaited',
      message: expect.stringContaining(`until then it connects to "${originName}"`),
    });
    expect(zone.sets.map(({ Name }) => Name)).toContain(originName);
    expect((await theStep(ledger, 'RemoveOriginRecord')).waitingUntil).toBeDefined();
  });

  test('removes it afterwards', async () => {
    const zone = await givenMoved(61);
    await removeRecords();
    await removeOriginRecord();
    expect(zone.sets).toEqual([]);
  });
});

describe('An undo behind the CDN', () => {
  const served = stored(domain, 'A', '198.51.100.9');

  async function givenUndo(zoneHas: ResourceRecordSet[] = []): Promise<StubbedZone> {
    await givenSite(ledger, { site: { ...site, adopt: true }, outputs });
    const zone = new StubbedZone(route53, zoneHas);
    await pointOrigin();
    await pointRecords();
    await begin(undoing);
    return zone;
  }

  const atOrigin = (zone: StubbedZone) => zone.sets.filter(({ Name }) => Name?.endsWith(originName));

  test('S1: RemoveRecords puts back what was adopted and keeps the record of the origin name, which viewers need that resolvers still send to CloudFront', async () => {
    const zone = await givenUndo([served]);
    await removeRecords();
    expect(zone.sets).toContainEqual(served);
    expect(atOrigin(zone)).toHaveLength(2);
    const { made } = await theStep(ledger, 'PointOrigin');
    expect(made.map(({ id }) => id)).toEqual([`${originName} A`]);
  });

  test('RemoveOriginRecord removes it afterwards, and run again changes nothing', async () => {
    const zone = await givenUndo([served]);
    await removeRecords();
    const output = await removeOriginRecord();
    expect(output).toMatchObject({ changes: [{ zoneId: 'ZEXAMPLE' }], left: [] });
    expect(zone.sets).toEqual([served]);
    const batches = zone.batches.length;
    expect(await removeOriginRecord()).toEqual(output);
    expect(zone.batches).toHaveLength(batches);
  });

  test('R8: what was changed at the origin name by others stays, and is told once', async () => {
    const zone = await givenUndo();
    const changed = stored(originName, 'A', '198.51.100.77');
    zone.sets = zone.sets.map((set) => (set.Name === originName ? changed : set));
    await removeRecords();
    await removeOriginRecord();
    const [first, second] = [await theStep(ledger, 'RemoveRecords'), await theStep(ledger, 'RemoveOriginRecord')];
    expect([first.output?.left, second.output?.left?.map(({ id }) => id)]).toEqual([[], [`${originName} A`]]);
    expect(zone.sets).toContainEqual(changed);
  });

  test('R31: a wildcard that the record of the origin name silences until then has copies in the place of the site', async () => {
    const wildcard = stored('*.example.test', 'A', '198.51.100.10');
    const zone = await givenUndo([wildcard]);
    await removeRecords();
    expect(zone.sets).toContainEqual(stored(domain, 'A', '198.51.100.10'));
    await removeOriginRecord();
    expect(zone.sets).toEqual([wildcard]);
  });
});
