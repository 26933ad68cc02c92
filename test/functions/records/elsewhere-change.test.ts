import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { DescribeAddressesCommand, DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Answer } from 'dns-packet';
import { challenges } from '../../../domain/entries/challenge.ts';
import type { StepOutputs } from '../../../domain/ledger/outputs.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { resourceName } from '../../../domain/ownership.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { SiteView } from '../../../domain/sites/view.ts';
import { handler as awaitRemoval } from '../../../functions/gates/await-removal.ts';
import { recordSteps } from '../../../functions/resources/record.ts';
import { validationSteps } from '../../../functions/resources/validation-record.ts';
import { showSite } from '../../../functions/sites/show-site.ts';
import { aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, cname } from '../../support/name-servers.ts';
import { Provider } from '../../support/provider.ts';
import { aSite } from '../../support/site.ts';
import { changing, context, domain, event, givenSite, givenStep, ownTags, stood } from '../../support/steps.ts';

const ledger = useLedger();
const elb = mockClient(ElasticLoadBalancingV2Client);
const ec2 = mockClient(EC2Client);
const acm = mockClient(ACMClient);
let provider: Provider;

const BALANCER = 'np-1.us-east-1.elb.amazonaws.com';
const WWW = `www.${domain}`;
const DIRECT = `direct.${domain}`;
const ADDRESS = '203.0.113.9';
const live = aSite({ dns: 'external', aliases: [] });
const validationOf = (name: string) => ({ domain: name, name: `_x.${name}.`, value: '_y.acm-validations.aws.' });
const [proof] = challenges(live, { account: '123456789012', stack: 'Nameplate' });

beforeEach(async () => {
  for (const stub of [elb, ec2, acm]) stub.reset();
  ec2.on(DescribeRegionsCommand).resolves({});
  provider = await Provider.start();
  provider.records.push(a(BALANCER, '203.0.113.1'), cname(domain, BALANCER));
  const balancer = { LoadBalancerName: resourceName(domain), Type: 'application' as const, DNSName: BALANCER };
  elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [{ LoadBalancerArn: 'arn:lb', ...balancer }] });
  elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ ResourceArn: 'arn:lb', Tags: ownTags }] });
  ec2
    .on(DescribeAddressesCommand)
    .resolves({ Addresses: [{ PublicIp: ADDRESS, AllocationId: 'eipalloc-1', Tags: ownTags }] });
  acm.on(ListCertificatesCommand).resolves({ CertificateSummaryList: [] });
});
afterEach(() => provider.stop());

const outputs: Partial<StepOutputs> = {
  ...stood,
  CreateLoadBalancer: { loadBalancerArn: 'arn:lb', dnsName: BALANCER, zoneId: 'Z1', createdAt: '' },
  PointRecords: { changes: [] },
  RequestCertificate: { certificateArn: 'arn:new', records: [validationOf(domain)] },
};

interface Given {
  site?: Partial<Site>;
  item?: Partial<SiteItem>;
  outputs?: Partial<StepOutputs>;
}

/** In the middle of a change from what is live to `site`. */
const given = ({ site = {}, item = {}, outputs: more = {} }: Given = {}) =>
  givenSite(ledger, {
    site: { ...live, ...site },
    outputs: { ...outputs, ...more },
    item: { ...changing, state: 'changing', live, ...item },
  });

describe('RemoveRecords in a change', () => {
  const remove = () => recordSteps(provider.newResolver)({ ...event, phase: 'release' }, context);

  test('S1: waits until nothing leads a dropped name to the load balancer, which stays for the others', async () => {
    await given({ item: { former: [WWW] } });
    provider.records.push({ ...cname(WWW, BALANCER), ttl: 900 } as Answer);
    const message = `Waiting until you have removed what would dangle: at your DNS provider, remove ${WWW} CNAME ${BALANCER}`;
    await expect(remove()).rejects.toMatchObject({ name: 'Awaited', message });
    provider.records.pop();
    expect(await remove()).toEqual({ changes: [], left: [] });
    expect(await awaitRemoval(event, context)).toEqual({ forgetSeconds: 900 });
  });

  test('S1: waits until nothing leads a dropped direct name to the address that is given back', async () => {
    await given({ item: { former: [DIRECT] } });
    provider.records.push(a(DIRECT, ADDRESS));
    await expect(remove()).rejects.toMatchObject({ message: expect.stringContaining(`remove ${DIRECT} A ${ADDRESS}`) });
    provider.records.pop();
    await remove();
  });

  test('waits for nothing while no name is dropped, and asks no name server', async () => {
    await given();
    await provider.stop();
    await remove();
  });

  test('lets a dropped name lead elsewhere', async () => {
    await given({ item: { former: [WWW] } });
    provider.records.push(a(WWW, '198.51.100.9'));
    await remove();
  });
});

describe('RemoveValidationRecords in a change', () => {
  const remove = () => validationSteps(provider.newResolver)({ ...event, phase: 'release' }, context);

  test('says what nothing needs any more, as long as it stands, and keeps quiet about what the site needs', async () => {
    const records = [validationOf(domain), validationOf(WWW)];
    await given({ outputs: { RequestCertificate: { certificateArn: 'arn:old', records } } });
    await validationSteps(provider.newResolver)({ ...event, phase: 'prepare' }, context);
    await givenStep(ledger, { name: 'RequestCertificate', output: outputs.RequestCertificate ?? {} });
    provider.records.push(...records.map(({ name, value }) => cname(name.slice(0, -1), value.slice(0, -1))));
    const why = 'you entered it at your DNS provider, and nothing needs it any more: remove it there';
    expect(await remove()).toEqual({ left: [{ type: 'record', id: `_x.${WWW} CNAME`, why }] });
    provider.records.pop();
    expect(await remove()).toEqual({ left: [] });
  });
});

describe('GET /v1/sites/{domain} in a change', () => {
  const show = async (): Promise<SiteView> => {
    const asked = aRequest({ path: `/v1/sites/${domain}`, parameters: { domain } });
    const { body = '{}' } = await showSite(provider.newResolver)(asked, context);
    return JSON.parse(body);
  };
  const traffic = async () =>
    (await show()).records?.filter((entry) => entry.for === 'traffic').map(({ name }) => name);

  test('names what leads viewers to the new document only once it was seen to answer', async () => {
    await given({ site: { aliases: [WWW] } });
    await givenStep(ledger, { name: 'PointRecords', revision: 0, output: { changes: [] } });
    expect(await traffic()).toEqual([domain]);
    await givenStep(ledger, { name: 'Preflight', output: {} });
    expect(await traffic()).toEqual([domain, WWW]);
  });

  test('lists what is to be taken out once the rest was seen to work, and as long as it stands', async () => {
    await given({ item: { former: [WWW] }, outputs: { Preflight: {} } });
    provider.records.push(cname(WWW, BALANCER));
    await expect(recordSteps(provider.newResolver)({ ...event, phase: 'release' }, context)).rejects.toMatchObject({
      name: 'Awaited',
    });
    expect(await show()).not.toHaveProperty('recordsToRemove');
    expect((await show()).steps.flatMap(({ made }) => made)).toEqual([]);
    await givenStep(ledger, { name: 'ProbeSite', output: {} });
    expect((await show()).recordsToRemove).toEqual([
      {
        name: WWW,
        type: 'CNAME',
        values: [BALANCER],
        note: expect.stringContaining('Remove this record'),
        ttlSeconds: 60,
      },
    ]);
    provider.records.pop();
    expect(await show()).not.toHaveProperty('recordsToRemove');
  });

  test('asks for nothing while the site is taken back, and lists all that leads there', async () => {
    const undoing = { name: 'undo', execution: 'shop_example_test-r1-undo', startedAt: '' } as const;
    await given({
      item: { state: 'undoing', operation: undoing },
      outputs: { Preflight: {}, PointRecords: { changes: [] } },
    });
    provider.records.push({ type: 'TXT', name: proof?.name ?? '', ttl: 60, data: proof?.values[0] ?? '' });
    await expect(recordSteps(provider.newResolver)({ ...event, phase: 'release' }, context)).rejects.toMatchObject({
      name: 'Awaited',
    });
    const { records, recordsToRemove } = await show();
    expect(records).toBeUndefined();
    expect(recordsToRemove).toMatchObject([{ name: domain, type: 'CNAME' }]);
  });
});
