import { ACMClient, ListTagsForCertificateCommand } from '@aws-sdk/client-acm';
import { DescribeAddressesCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { Route53DomainsClient } from '@aws-sdk/client-route-53-domains';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readEnvironment } from '../../../aws/environment.ts';
import { listAlerts, readAlerts, sitesWithAlerts } from '../../../aws/ledger/alerts.ts';
import { listCertificateItems } from '../../../aws/ledger/certificates.ts';
import { readLook } from '../../../aws/ledger/looks.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { failoverConcerns } from '../../../domain/care/failover-concerns.ts';
import { alertView } from '../../../domain/care/view.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { DEFAULT_PAGE } from '../../../domain/sites/failover.ts';
import { careForSite } from '../../../functions/care/care-for-site.ts';
import { careFor } from '../../../functions/shared/care/care-for.ts';
import { settleAlerts } from '../../../functions/shared/care/settle-alerts.ts';
import { NAME, Practice } from '../../support/doctor.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';
import { context, givenStep, ownTags } from '../../support/steps.ts';

const ledger = useLedger();
const bus = mockClient(EventBridgeClient);
const acm = mockClient(ACMClient);
const ec2 = mockClient(EC2Client);
const registrar = mockClient(Route53DomainsClient);
const HOUR = 3_600_000;
const start = Date.now();
let practice: Practice;
beforeAll(async () => {
  practice = await Practice.open();
});
afterAll(() => practice.close());
beforeEach(() => {
  bus.reset();
  acm.reset();
  ec2.reset();
  registrar.reset();
  registrar.rejects(Object.assign(new Error('not found'), { name: 'InvalidInput' }));
  bus.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }] });
});

const served = { server: { address: '9.9.9.9', port: 443, healthPath: '/' } } as const;
const site = aSite({ domain: NAME, aliases: [], edge: 'direct', dns: 'external', origin: served });

async function given(changes: Partial<SiteItem> = {}): Promise<void> {
  const over = await readSiteItem(ledger, NAME);
  await writeSite(ledger, aSettledSiteItem({ site, live: site, domain: NAME, ...changes }), { over });
  await givenStep(ledger, { name: 'ReserveAddress', output: {} });
}

/** A look at the site so many hours after the first, in a world. */
async function look(hours: number, world: Parameters<Practice['world']>[0] = {}): Promise<void> {
  await careFor(NAME, {
    ledger,
    environment: readEnvironment(),
    listed: [],
    options: await practice.world(world),
    now: new Date(start + hours * HOUR),
    remaining: () => 15_000,
  });
}

/** What people were told of: the type of each event, and its code. */
const told = () =>
  bus.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => {
    const { DetailType, Detail = '{}' } = input.Entries?.[0] ?? {};
    const detail = JSON.parse(Detail);
    // As the schema that is published says, and nothing else.
    expect(alertView.parse(detail)).toEqual(detail);
    return `${DetailType} ${detail.code}`;
  });
const ANOTHER_PAGE = { reason: 'pageUnacceptable', message: 'Another page answers' } as const;
const broken = { servers: { '9.9.9.9': 'closed' as const } };

describe('a look at a live site', () => {
  test('that is well tells nothing, and lists the certificate that its server serves', async () => {
    await given();
    await look(0);
    expect([told(), await readAlerts(ledger, NAME)]).toEqual([[], []]);
    const { items } = await listCertificateItems(ledger, { limit: 10 });
    expect(items).toMatchObject([
      { domain: NAME, type: 'SERVER', renewal: 'by-server', servedAt: [{ name: NAME, address: '9.9.9.9' }] },
    ]);
  });

  test('keeps what it has seen of each leg, well or not, for the site that was looked at', async () => {
    await given();
    const { createdAt = '' } = (await readSiteItem(ledger, NAME)) ?? {};
    await look(0);
    const found = expect.stringMatching(/^200; certificate until \d{4}-\d\d-\d\d$/);
    expect(await readLook(ledger, { domain: NAME, createdAt })).toEqual({
      siteCreatedAt: createdAt,
      at: new Date(start).toISOString(),
      probes: [
        { leg: 'dns', asked: `${NAME} at ns.example.test`, found: '9.9.9.9', isWell: true },
        { leg: 'edge', asked: `https://${NAME}/ at 9.9.9.9`, found, isWell: true },
      ],
    });
    await look(6, broken);
    expect((await readLook(ledger, { domain: NAME, createdAt }))?.probes[1]).toMatchObject({ isWell: false });
    expect(await readLook(ledger, { domain: NAME, createdAt: new Date().toISOString() })).toBeUndefined();
  });

  test('tells once what is seen twice, and that it is mended', async () => {
    await given();
    for (const hours of [0, 1, 7]) await look(hours, broken);
    expect(told()).toEqual(['Alert Raised portRefused']);
    await look(8);
    await look(9);
    expect(told()).toEqual(['Alert Raised portRefused', 'Alert Resolved portRefused']);
  });

  test('tells of a chain that is broken once, and that it is whole: what HSTS makes of it is no second alert', async () => {
    await given();
    const incomplete = { servers: { '9.9.9.9': 'incompleteChain' as const } };
    for (const hours of [0, 1, 7]) await look(hours, incomplete);
    expect(told()).toEqual(['Alert Raised chainIncomplete']);
    await look(8);
    expect(told()).toEqual(['Alert Raised chainIncomplete', 'Alert Resolved chainIncomplete']);
  });

  test('that could not tell an end is among those of every hour until people are told, once', async () => {
    await given();
    for (const hours of [0, 1]) await look(hours, broken);
    bus.on(PutEventsCommand).rejects(new Error('down'));
    await expect(look(2)).rejects.toThrow('down');
    expect(await sitesWithAlerts(ledger)).toEqual([NAME]);
    bus.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }] });
    for (const hours of [3, 4]) await look(hours);
    // One that the bus refused, and one that it took.
    expect(told().slice(1)).toEqual(['Alert Resolved portRefused', 'Alert Resolved portRefused']);
    expect(await sitesWithAlerts(ledger)).toEqual([]);
    expect((await listAlerts(ledger, { state: 'resolved', limit: 10 })).items).toHaveLength(1);
  });

  test('that could not tell people is followed by one that does, once', async () => {
    await given();
    await look(0, broken);
    bus
      .on(PutEventsCommand)
      .rejectsOnce(new Error('down'))
      .resolves({ Entries: [{ EventId: '1' }] });
    await expect(look(1, broken)).rejects.toThrow('down');
    await look(7, broken);
    await look(13, broken);
    expect(told().slice(1)).toEqual(['Alert Raised portRefused']);
  });

  test('two at the same time tell once', async () => {
    await given();
    await look(0, broken);
    await Promise.all([look(1, broken), look(1, broken)]);
    expect(told()).toEqual(['Alert Raised portRefused']);
  });

  test('of two that find what a third could not tell, one tells', async () => {
    await given();
    await look(0, broken);
    bus
      .on(PutEventsCommand)
      .rejectsOnce(new Error('down'))
      .resolves({ Entries: [{ EventId: '1' }] });
    await expect(look(1, broken)).rejects.toThrow('down');
    await Promise.all([look(7, broken), look(7, broken)]);
    expect(told().slice(1)).toEqual(['Alert Raised portRefused']);
  });

  test('leaves what another is about to tell to it', async () => {
    await given();
    await look(0, broken);
    const answer = { Entries: [{ EventId: '1' }] };
    // The other looks while the bus is being asked.
    bus
      .on(PutEventsCommand)
      .callsFakeOnce(async () => {
        await look(1.01, broken);
        return answer;
      })
      .resolves(answer);
    await look(1, broken);
    expect(told()).toEqual(['Alert Raised portRefused']);
  });

  test('takes an operation that runs for no loss of resources, and still looks from outside', async () => {
    await given();
    await look(0, broken);
    await given({
      state: 'changing',
      operation: { name: 'change', execution: 'x', startedAt: '2027-01-01T00:00:00Z' },
    });
    await look(1, broken);
    expect(told()).toEqual(['Alert Raised portRefused']);
  });

  test('of a site that is held tells what is seen from outside, its end by the doctor', async () => {
    await given({ state: 'held', revision: 2 });
    const expired = { servers: { '9.9.9.9': 'expired' as const } };
    for (const hours of [0, 1]) await look(hours, expired);
    expect(told()).toContain('Alert Raised certificateExpired');
  });

  test('leaves the alerts of a failover to the hourly look at it, and ends them once the site has none', async () => {
    const withPage = { ...site, failover: { page: DEFAULT_PAGE } };
    await given({ site: withPage, live: withPage });
    const before = { before: [], found: { concerns: failoverConcerns(NAME, { page: [ANOTHER_PAGE] }), unseen: [] } };
    const item = (await readSiteItem(ledger, NAME)) as SiteItem;
    await settleAlerts({ ledger, environment: readEnvironment() }, { ...before, item, now: new Date(start) });
    await look(1);
    expect(told()).toEqual(['Alert Raised pageNotReady']);
    await given();
    await look(2);
    expect(told()).toEqual(['Alert Raised pageNotReady', 'Alert Resolved pageNotReady']);
  });

  test('tells what an Elastic IP of it costs while its server is stopped', async () => {
    await given();
    await givenStep(ledger, {
      name: 'ReserveAddress',
      output: {},
      made: [{ type: 'elastic address', id: 'eipalloc-1', ours: true }],
    });
    const tags = ownTags.map((tag) => (tag.Key === 'nameplate:site' ? { ...tag, Value: NAME } : tag));
    const idle = {
      AllocationId: 'eipalloc-1',
      PublicIp: '203.0.113.9',
      InstanceId: 'i-1',
      AssociationId: 'a',
      Tags: tags,
    };
    const others = { AllocationId: 'eipalloc-2', PublicIp: '203.0.113.8', Tags: tags.slice(0, 1) };
    ec2.on(DescribeAddressesCommand).resolves({ Addresses: [idle, others] });
    const described = (Name: 'stopped' | 'running') =>
      ec2
        .on(DescribeInstancesCommand)
        .resolves({ Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name } }] }] });
    described('stopped');
    for (const hours of [0, 1]) await look(hours);
    expect(told()).toEqual(['Alert Raised addressIdle']);
    described('running');
    await look(2);
    expect(told()).toEqual(['Alert Raised addressIdle', 'Alert Resolved addressIdle']);
  });

  test('looks at none that was never live', async () => {
    const { live: _, ...never } = aSettledSiteItem({ site, domain: NAME, state: 'pending' });
    await writeSite(ledger, never, { over: undefined });
    practice.connected.length = 0;
    await look(0, broken);
    expect(practice.connected).toEqual([]);
  });
});

describe('what calls it', () => {
  const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/a';
  const ofAcm = { source: 'aws.acm', region: 'us-east-1', resources: [arn], detail: { DaysToExpiry: 15 } };
  const call = async (event: object): Promise<void> =>
    careForSite(await practice.world())(event as Parameters<ReturnType<typeof careForSite>>[0], context);

  test('an event of ACM has the site of the certificate looked at', async () => {
    await given();
    acm.on(ListTagsForCertificateCommand).resolves({ Tags: ownTags });
    await call(ofAcm);
    expect((await listCertificateItems(ledger, { limit: 10 })).items).toHaveLength(1);
  });

  test('an event about a certificate of others does nothing', async () => {
    await given();
    acm.on(ListTagsForCertificateCommand).resolves({ Tags: [{ Key: 'nameplate:site', Value: NAME }] });
    await call(ofAcm);
    expect((await listCertificateItems(ledger, { limit: 10 })).items).toEqual([]);
  });

  test('the end of a site ends its alerts, and takes its certificates off the list', async () => {
    await given();
    await look(0);
    await look(1, broken);
    await look(2, broken);
    await given({ state: 'undone' });
    await call({ source: 'nameplate', region: 'us-east-1', resources: [], detail: { domain: NAME } });
    expect(told()).toEqual(['Alert Raised portRefused', 'Alert Resolved portRefused']);
    expect((await listCertificateItems(ledger, { limit: 10 })).items).toEqual([]);
  });
});
