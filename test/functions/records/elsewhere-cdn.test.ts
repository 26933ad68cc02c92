import { DescribeAddressesCommand, EC2Client } from '@aws-sdk/client-ec2';
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
import type { SiteView } from '../../../domain/sites/view.ts';
import { awaitOriginSync } from '../../../functions/gates/await-origin-sync.ts';
import { recordSteps } from '../../../functions/resources/record.ts';
import { showSite } from '../../../functions/sites/show-site.ts';
import { aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, cname } from '../../support/name-servers.ts';
import { Provider } from '../../support/provider.ts';
import { aSite } from '../../support/site.ts';
import {
  changing,
  context,
  domain,
  event,
  givenSite,
  givenStep,
  ownTags,
  theStep,
  undoing,
} from '../../support/steps.ts';

const ledger = useLedger();
const elb = mockClient(ElasticLoadBalancingV2Client);
const ec2 = mockClient(EC2Client);
let provider: Provider;

const BALANCER = 'np-1.us-east-1.elb.amazonaws.com';
const DISTRIBUTION = 'd111111abcdef8.cloudfront.net';
const originName = `origin.${domain}`;
const site = aSite({ edge: 'cdn', dns: 'external', aliases: [] });
const proofs = challenges(site, { account: '123456789012', stack: 'Nameplate' });
const outputs: Partial<StepOutputs> = {
  FindZone: { zones: [], nameServers: [] },
  CreateLoadBalancer: { loadBalancerArn: 'arn:lb', dnsName: BALANCER, zoneId: 'Z1', createdAt: '' },
  CreateDistribution: { distributionId: 'E1', domainName: DISTRIBUTION },
  ReserveAddress: {},
};

beforeEach(async () => {
  for (const stub of [elb, ec2]) stub.reset();
  const balancer = { LoadBalancerName: resourceName(domain), Type: 'application' as const, DNSName: BALANCER };
  elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [{ LoadBalancerArn: 'arn:lb', ...balancer }] });
  elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ ResourceArn: 'arn:lb', Tags: ownTags }] });
  ec2.on(DescribeAddressesCommand).resolves({ Addresses: [] });
  provider = await Provider.start();
  provider.records.push(a(BALANCER, '203.0.113.1'), a(DISTRIBUTION, '198.51.100.128'));
  provider.records.push(
    ...proofs.map(({ name, values: [data = ''] }): Answer => ({ type: 'TXT', name, ttl: 3600, data })),
  );
});
afterEach(() => provider.stop());

const given = (item: Partial<SiteItem> = {}, more: Partial<StepOutputs> = {}) =>
  givenSite(ledger, { site, outputs: { ...outputs, ...more }, item });
const steps = () => recordSteps(provider.newResolver);
const pointOrigin = () => steps()({ ...event, phase: 'prepare-origin' }, context);
const pointRecords = () => steps()({ ...event, phase: 'shift' }, context);
const removeOriginRecord = () => steps()({ ...event, phase: 'release-origin' }, context);
const removeRecords = () => steps()({ ...event, phase: 'release' }, context);

test('S2: the domain is proven by one record, the origin name below it with it', () => {
  expect(proofs.map(({ name }) => name)).toEqual([`_nameplate-challenge.${domain}`]);
});

describe('PointOrigin where a person enters the records', () => {
  test('waits until every name server leads the origin name to the load balancer, and for no other record', async () => {
    await given();
    await expect(pointOrigin()).rejects.toMatchObject({
      name: 'Awaited',
      message: `Waiting until your DNS leads CloudFront to the origin: Enter ${originName} CNAME ${BALANCER}`,
    });
    provider.records.push(cname(originName, BALANCER));
    provider.late.add(originName);
    await expect(pointOrigin()).rejects.toMatchObject({ name: 'Awaited' });
    provider.late.clear();
    expect(await pointOrigin()).toEqual({ changes: [] });
    expect((await theStep(ledger, 'PointOrigin')).made).toMatchObject([{ ours: false, entered: { for: 'origin' } }]);
    await awaitOriginSync(provider.newResolver)(event, context);
    expect((await theStep(ledger, 'AwaitOriginSync')).message).toContain('your provider');
  });
});

describe('PointRecords where a person enters the records', () => {
  test('waits for the served names alone, and leads them to the distribution', async () => {
    await given();
    await expect(pointRecords()).rejects.toMatchObject({
      message: `Waiting until your DNS leads viewers to the site: Enter ${domain} CNAME ${DISTRIBUTION}`,
    });
    provider.records.push(cname(domain, DISTRIBUTION));
    await pointRecords();
    expect((await theStep(ledger, 'PointRecords')).message).toBe(`The records stand: ${domain} CNAME`);
  });
});

test('PointRecords does not take a site without a distribution for one whose records stand', async () => {
  const { CreateDistribution: _, ...before } = outputs;
  await givenSite(ledger, { site, outputs: before });
  await expect(pointRecords()).rejects.toThrow('Cannot read what "CreateDistribution" left');
});

describe('GET /v1/sites/{domain}', () => {
  const show = async () => {
    const asked = aRequest({ path: `/v1/sites/${domain}`, parameters: { domain } });
    const { body = '{}' } = await showSite(provider.newResolver)(asked, context);
    return (JSON.parse(body) as SiteView).records ?? [];
  };
  const shown = async () => (await show()).map(({ name, values, for: purpose }) => `${name} ${values} for ${purpose}`);

  test('asks for the record of the origin name as soon as there is a load balancer, and for the others once the edge answers', async () => {
    await given();
    const first = [`${originName} ${BALANCER} for origin`];
    expect((await shown()).slice(1)).toEqual(first);
    await givenStep(ledger, { name: 'Preflight', output: {} });
    expect((await shown()).slice(1)).toEqual([`${domain} ${DISTRIBUTION} for traffic`, ...first]);
    expect((await show()).slice(1).map(({ note }) => note)).toEqual([
      'Leads viewers to CloudFront, without a proxy of the provider in between',
      'Leads CloudFront to the load balancer, without a proxy of the provider in between',
    ]);
  });

  const origin = { server: { address: '198.51.100.7', port: 443, healthPath: '/' } };
  const server = aSite({ edge: 'cdn', dns: 'external', aliases: [], origin });
  const toServer = `${originName} 198.51.100.7 for origin`;

  test('asks for the record of a server at once', async () => {
    await given({ site: server });
    expect((await shown()).slice(1)).toEqual([toServer]);
    expect((await show()).at(-1)).toMatchObject({
      type: 'A',
      note: expect.stringContaining('Leads CloudFront to the server'),
    });
  });

  test('asks for it once the edge answers where a change moves the origin name there', async () => {
    await given({ ...changing, site: server, live: site });
    expect(await shown()).toContain(`${originName} ${BALANCER} for origin`);
    expect(await shown()).not.toContain(toServer);
    expect(await pointOrigin()).toEqual({ changes: [] });
    await givenStep(ledger, { name: 'Preflight', output: {} });
    expect(await shown()).toContain(toServer);
  });

  test('shows in a change what is live beside what is added', async () => {
    const live = aSite({ dns: 'external', aliases: [] });
    await given({ ...changing, live });
    expect((await shown()).slice(1)).toEqual([
      `${originName} ${BALANCER} for origin`,
      `${domain} dualstack.${BALANCER} for traffic`,
    ]);
  });
});

describe('RemoveOriginRecord where a person removes the records', () => {
  test('S1: waits in an undo for the record of the origin name, for which RemoveRecords does not ask', async () => {
    await given(undoing);
    provider.records.push(cname(originName, BALANCER));
    await removeRecords();
    await expect(removeOriginRecord()).rejects.toMatchObject({
      name: 'Awaited',
      message: expect.stringContaining(`remove ${originName} CNAME ${BALANCER}`),
    });
  });

  test('does not ask for it before resolvers have forgotten what led to the CDN', async () => {
    provider.records.push(cname(originName, BALANCER), cname(domain, BALANCER));
    const back = { ...changing, site: aSite({ dns: 'external', aliases: [] }), live: site, former: [originName] };
    await given(back, { PointRecords: { changes: [] } });
    const endedAt = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();
    await givenStep(ledger, { name: 'AwaitSync', output: {}, endedAt: endedAt(30) });
    await expect(removeOriginRecord()).rejects.toMatchObject({
      message: expect.stringContaining('until then it connects'),
    });
    await givenStep(ledger, { name: 'AwaitSync', output: {}, endedAt: endedAt(61) });
    await expect(removeOriginRecord()).rejects.toMatchObject({
      message: expect.stringContaining(`remove ${originName}`),
    });
  });
});
