import { ACMClient, DescribeCertificateCommand, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { DescribeAddressesCommand, DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Answer } from 'dns-packet';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { challenges } from '../../../domain/entries/challenge.ts';
import type { Entry } from '../../../domain/entries/entry.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { resourceName } from '../../../domain/ownership.ts';
import type { SiteView } from '../../../domain/sites/view.ts';
import { handler as awaitRemoval } from '../../../functions/gates/await-removal.ts';
import { awaitSync } from '../../../functions/gates/await-sync.ts';
import { checkDelegation } from '../../../functions/gates/check-delegation.ts';
import { zoneSteps } from '../../../functions/resources/hosted-zone.ts';
import { recordSteps } from '../../../functions/resources/record.ts';
import { validationSteps } from '../../../functions/resources/validation-record.ts';
import { showSite } from '../../../functions/sites/show-site.ts';
import { entryMade } from '../../../resources/manual-record/entered.ts';
import { aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, cname } from '../../support/name-servers.ts';
import { Provider } from '../../support/provider.ts';
import { aSite } from '../../support/site.ts';
import {
  context,
  domain,
  event,
  givenSite,
  givenStep,
  ownTags,
  theStep,
  turnToUndo,
  undoing,
} from '../../support/steps.ts';

const ledger = useLedger();
const route53 = mockClient(Route53Client);
const elb = mockClient(ElasticLoadBalancingV2Client);
const ec2 = mockClient(EC2Client);
const acm = mockClient(ACMClient);
let provider: Provider;

const BALANCER = 'np-1.us-east-1.elb.amazonaws.com';
const site = aSite({ dns: 'external', aliases: [] });
const [proof] = challenges(site, { account: '123456789012', stack: 'Nameplate' });
const proofRecord = txt(proof?.name ?? '', proof?.values[0] ?? '');
const validation = { domain, name: `_x.${domain}.`, value: '_y.acm-validations.aws.' };
const outputs = {
  FindZone: { zones: [], nameServers: [] },
  RequestCertificate: { certificateArn: 'arn:certificate', records: [validation] },
  CreateLoadBalancer: { loadBalancerArn: 'arn:lb', dnsName: BALANCER, zoneId: 'Z1', createdAt: '' },
  ReserveAddress: {},
  Preflight: {},
};

function txt(name: string, data: string): Answer {
  return { type: 'TXT', name, ttl: 3600, data };
}

beforeEach(async () => {
  for (const stub of [route53, elb, ec2, acm]) stub.reset();
  ec2.on(DescribeRegionsCommand).resolves({});
  provider = await Provider.start();
  provider.records.push(a(BALANCER, '203.0.113.1'));
});
afterEach(async () => {
  expect(route53.calls()).toEqual([]);
  await provider.stop();
});

const given = (item: Partial<SiteItem> = {}) => givenSite(ledger, { site, outputs, item });
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
/** The name was last proven so long ago. */
const provenBefore = (days: number) => ({ proven: { [proofRecord.name]: daysAgo(days) } });

describe('FindZone, CheckRecords, WriteValidationRecords, AwaitSync and RemoveZone', () => {
  test('leave Route 53 alone, and say whose the records are', async () => {
    await given();
    await zoneSteps(provider.newResolver)({ ...event, phase: 'prepare' }, context);
    expect(await theStep(ledger, 'FindZone')).toMatchObject({ made: [], output: { zones: [] } });
    await validationSteps(provider.newResolver)({ ...event, phase: 'prepare' }, context);
    await awaitSync(provider.newResolver)(event, context);
    await recordSteps(provider.newResolver)({ ...event, phase: 'prepare' }, context);
    expect((await theStep(ledger, 'WriteValidationRecords')).message).toBe(
      `The validation records are yours to enter: _x.${domain} CNAME _y.acm-validations.aws`,
    );
    expect(await zoneSteps(provider.newResolver)({ ...event, phase: 'release' }, context)).toEqual({ left: [] });
  });
});

describe('CheckDelegation', () => {
  const check = () => checkDelegation(provider.newResolver)(event, context);

  test('S2: waits until the name is proven, and says by what', async () => {
    await given();
    await expect(check()).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(proof?.values[0] ?? '-'),
    });
    provider.records.push(proofRecord);
    await check();
    expect((await theStep(ledger, 'CheckDelegation')).message).toContain('proven to be yours');
  });

  test('S15: one name server is not enough', async () => {
    await given();
    provider.records.push(proofRecord);
    provider.late.add(proofRecord.name);
    await expect(check()).rejects.toMatchObject({ message: expect.stringContaining('ns2.other-dns.net') });
  });

  test('S2: does not follow a CNAME to where somebody else could write the proof', async () => {
    await given();
    provider.records.push(
      cname(proofRecord.name, 'host.example.test'),
      txt('host.example.test', proof?.values[0] ?? ''),
    );
    await expect(check()).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('S3: remembers the proof, and goes on by it for a while after its record has gone, saying so', async () => {
    await given();
    provider.records.push(proofRecord);
    await check();
    const proven = (await readSiteItem(ledger, domain))?.proven;
    expect(proven).toEqual({ [proofRecord.name]: expect.stringMatching(/^\d{4}-.*Z$/) });
    const before = await ledger.everything();
    await check();
    expect(await ledger.everything()).toEqual(before);

    provider.records.length = 0;
    await givenStep(ledger, { name: 'CheckDelegation', state: 'running' });
    await check();
    const { message } = await theStep(ledger, 'CheckDelegation');
    expect(message).toContain('is no longer seen, and counts until');
    expect(message).toContain(`Enter ${proofRecord.name} TXT ${proof?.values[0]}`);
    expect((await readSiteItem(ledger, domain))?.proven).toEqual(proven);
  });

  test('S3: invariant 19: stops when the record has gone and the proof is too old, saying exactly what to enter', async () => {
    await given(provenBefore(15));
    await expect(check()).rejects.toMatchObject({
      name: 'Unproven',
      message: expect.stringMatching(
        `${proofRecord.name} TXT was last seen on .*Enter ${proofRecord.name} TXT ${proof?.values[0]}. Then resume the site$`,
      ),
    });
    provider.records.push(proofRecord);
    await check();
    const age = Date.now() - Date.parse((await readSiteItem(ledger, domain))?.proven?.[proofRecord.name] ?? '');
    expect(age).toBeLessThan(60_000);
  });

  test('S3: waits while the name servers that would prove it again cannot be asked', async () => {
    await given(provenBefore(90));
    await provider.stop();
    await expect(check()).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('A11: waits too while nobody can be asked', async () => {
    await given();
    await provider.stop();
    await expect(check()).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('Cannot check the delegation'),
    });
  });
});

describe('PointRecords', () => {
  const point = () => recordSteps(provider.newResolver)({ ...event, phase: 'shift' }, context);

  test('waits for days until the records lead to the load balancer, and keeps their TTL', async () => {
    await given();
    provider.records.push(proofRecord);
    await expect(point()).rejects.toMatchObject({
      name: 'Awaited',
      message: `Waiting until your DNS leads viewers to the site: Enter ${domain} CNAME dualstack.${BALANCER}`,
    });
    expect(await theStep(ledger, 'PointRecords')).toMatchObject({ state: 'waiting' });
    provider.records.push({ ...cname(domain, BALANCER), ttl: 900 } as Answer);
    expect(await point()).toEqual({ changes: [] });
    expect((await theStep(ledger, 'PointRecords')).made).toMatchObject([{ ours: false, entered: { ttlSeconds: 900 } }]);
    const before = await ledger.everything();
    await point();
    expect(await ledger.everything()).toEqual(before);
  });

  test('S3: asks for the proof again before anything points there', async () => {
    await given();
    provider.records.push(cname(domain, BALANCER));
    await expect(point()).rejects.toMatchObject({
      name: 'Awaited',
      message: expect.stringContaining('proven to be yours'),
    });
  });

  test('S3: invariant 19: moves no traffic by a proof of more than 30 days ago', async () => {
    await given(provenBefore(29));
    provider.records.push(cname(domain, BALANCER));
    expect(await point()).toMatchObject({ changes: [] });
    const standing = await readSiteItem(ledger, domain);
    if (standing) await writeSite(ledger, { ...standing, ...provenBefore(31) }, { over: standing });
    await expect(point()).rejects.toMatchObject({ name: 'Unproven' });
  });
});

describe('RemoveRecords', () => {
  const remove = () => recordSteps(provider.newResolver)({ ...event, phase: 'release' }, context);
  beforeEach(() => {
    elb.on(DescribeLoadBalancersCommand).resolves({
      LoadBalancers: [
        {
          LoadBalancerArn: 'arn:lb',
          LoadBalancerName: resourceName(domain),
          Type: 'application',
          DNSName: BALANCER,
          CanonicalHostedZoneId: 'Z1',
        },
      ],
    });
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ ResourceArn: 'arn:lb', Tags: ownTags }] });
    ec2.on(DescribeAddressesCommand).resolves({ Addresses: [] });
  });

  test('S1: waits while a name server still leads to what would be removed, and says what to remove', async () => {
    await given(undoing);
    provider.records.push(cname(domain, BALANCER));
    provider.late.add(domain);
    await expect(remove()).rejects.toMatchObject({
      name: 'Awaited',
      message: expect.stringContaining(`remove ${domain} CNAME ${BALANCER}`),
    });
    provider.records.splice(1);
    expect(await remove()).toEqual({ changes: [], left: [] });
  });

  test('S1: waits while nobody can be asked', async () => {
    await given(undoing);
    await provider.stop();
    await expect(remove()).rejects.toMatchObject({
      name: 'Awaited',
      message: expect.stringContaining('Cannot see now'),
    });
  });
});

describe('AwaitRemoval', () => {
  test.each([
    [undefined, 60],
    [900, 900],
    [10_000_000, 604_800],
  ])('has the workflow wait one TTL of the records: %p is %p s', async (ttlSeconds, forgetSeconds) => {
    await given();
    const entry: Entry = { name: domain, type: 'CNAME', values: [BALANCER], for: 'traffic' };
    const made = ttlSeconds === undefined ? [] : [entryMade(entry, ttlSeconds)];
    await givenStep(ledger, { name: 'PointRecords', made });
    expect(await awaitRemoval(event, context)).toEqual({ forgetSeconds });
  });
});

describe('RemoveValidationRecords', () => {
  const remove = () => validationSteps(provider.newResolver)({ ...event, phase: 'release' }, context);
  beforeEach(async () => {
    provider.records.push(proofRecord, cname(`_x.${domain}`, '_y.acm-validations.aws'));
    await given();
    await checkDelegation(provider.newResolver)(event, context);
    await validationSteps(provider.newResolver)({ ...event, phase: 'prepare' }, context);
    await turnToUndo(ledger);
  });

  test('says what is left for a person to remove', async () => {
    acm.on(ListCertificatesCommand).resolves({ CertificateSummaryList: [] });
    expect(await remove()).toEqual({
      left: [
        { type: 'record', id: `${proofRecord.name} TXT`, why: expect.stringContaining('remove it there') },
        { type: 'record', id: `_x.${domain} CNAME`, why: expect.stringContaining('remove it there') },
      ],
    });
  });

  test('A14: has one left where it is that another certificate is renewed by', async () => {
    acm.on(ListCertificatesCommand).resolves({
      CertificateSummaryList: [{ CertificateArn: 'arn:other', DomainName: domain, Status: 'ISSUED' }],
    });
    acm.on(DescribeCertificateCommand).resolves({
      Certificate: {
        CertificateArn: 'arn:other',
        Status: 'ISSUED',
        DomainValidationOptions: [
          { DomainName: domain, ResourceRecord: { Name: validation.name, Type: 'CNAME', Value: validation.value } },
        ],
      },
    });
    expect(await remove()).toMatchObject({ left: [{}, { why: expect.stringContaining('leave it') }] });
  });
});

describe('GET /v1/sites/{domain}', () => {
  const show = async () => {
    const asked = aRequest({ path: `/v1/sites/${domain}`, parameters: { domain } });
    const { body = '{}' } = await showSite(provider.newResolver)(asked, context);
    return (JSON.parse(body) as SiteView).records;
  };

  test('shows each record as the name servers have it just now', async () => {
    await given();
    expect((await show())?.map(({ name, type, seen }) => [name, type, seen])).toEqual([
      [proofRecord.name, 'TXT', 'missing'],
      [`_x.${domain}`, 'CNAME', 'missing'],
      [domain, 'CNAME', 'missing'],
    ]);
    provider.records.push(proofRecord, cname(`_x.${domain}.example.test`, '_y.acm-validations.aws'));
    expect((await show())?.map(({ seen }) => seen)).toEqual(['seen', 'wrong', 'missing']);
  });

  test('does not name what leads viewers there before the load balancer was seen to answer', async () => {
    const { Preflight: _, ...before } = outputs;
    await givenSite(ledger, { site, outputs: before });
    expect((await show())?.map((entry) => entry.for)).toEqual(['ownership', 'validation']);
  });

  test('shows none for a site in Route 53', async () => {
    await givenSite(ledger, { outputs });
    expect(await show()).toBeUndefined();
  });
});
