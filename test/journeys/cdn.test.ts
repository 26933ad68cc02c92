import type {
  DistributionConfig,
  DistributionSummary,
  GetDistributionConfigResult,
  ListDistributionsResult,
} from '@aws-sdk/client-cloudfront';
import type { ListHostedZonesResponse } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PERSON } from '../../local/internet/proxy.ts';
import { changeOrigin } from '../support/change-origin.ts';
import { SHOP, withExampleZone } from '../support/live-shop.ts';
import type { Nameplate, Shown } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { traces } from '../support/traces.ts';

const WWW = 'www.shop.example.test';
const ORIGIN = 'origin.shop.example.test';

describe('a shop behind CloudFront, from nothing', () => {
  let nameplate: Nameplate;
  let before: string[];
  let shop: Shown;

  beforeAll(async () => {
    nameplate = await withExampleZone();
    before = await picture(nameplate);
    shop = await nameplate.onboard(SHOP, { aliases: [WWW], edge: 'cdn' });
  });
  afterAll(() => nameplate.close());

  test('it is live', () => {
    expect(shop.reason).toBeUndefined();
    expect(shop.state).toBe('live');
  });

  test.each([SHOP, WWW])(
    'https://%s/ answers by CloudFront, under a certificate of the served names only',
    async (name) => {
      const { status, headers, body, certificate } = await nameplate.viewer.https(name);
      expect([status, body]).toEqual([200, expect.stringContaining('The shop is open')]);
      expect(headers['via']).toContain('CloudFront');
      expect([...certificate.names].sort()).toEqual([SHOP, WWW]);
    },
  );

  test('plain http is sent on to https, IPv6 users see the same site', async () => {
    expect((await nameplate.viewer.http(SHOP)).status).toBe(301);
    expect(await nameplate.viewer.addresses(SHOP, 6)).not.toEqual([]);
  });

  test('C3: the distribution asks a name of the site, under TLS, and never the load balancer by its own', async () => {
    const { Origins, DefaultCacheBehavior } = await theDistribution();
    expect(Origins?.Items).toMatchObject([
      {
        DomainName: ORIGIN,
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSslProtocols: { Items: ['TLSv1.2'] } },
      },
    ]);
    expect(DefaultCacheBehavior).toMatchObject({ ViewerProtocolPolicy: 'redirect-to-https' });
  });

  test('the load balancer answers the CDN only', async () => {
    const [address = ''] = await nameplate.viewer.addresses(ORIGIN);
    expect(nameplate.aws.internet.reach(PERSON.ipv4, { address, port: 443 })).toBe('filtered');
  });

  test('20: the secret between the two is in no log, timeline or ledger', async () => {
    const { Origins } = await theDistribution();
    const [secret = ''] = (Origins?.Items?.[0]?.CustomHeaders?.Items ?? []).map(({ HeaderValue }) => HeaderValue);
    expect(secret).toMatch(/.{32}/);
    expect((await nameplate.logLines()).filter((line) => line.includes(secret))).toEqual([]);
    expect(JSON.stringify(await nameplate.show(SHOP))).not.toContain(secret);
  });

  test('a check names the record that CloudFront asks, and that another tool has removed', async () => {
    expect(await check()).toMatchObject({ verdict: 'healthy', resources: [], origin: { name: ORIGIN, findings: [] } });
    const found = (await nameplate.records('example.test')).filter(({ Name }) => Name === `${ORIGIN}.`);
    const { HostedZones } = await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
    const zone = HostedZones?.find(({ Name }) => Name === 'example.test.');
    await nameplate.ask('route53', 'ChangeResourceRecordSets', {
      HostedZoneId: zone?.Id,
      ChangeBatch: { Changes: found.map((ResourceRecordSet) => ({ Action: 'DELETE', ResourceRecordSet })) },
    });
    await nameplate.aws.clock.advance(180_000);
    expect((await check()).resources).toEqual([
      expect.objectContaining({ code: 'resourceMissing', message: expect.stringContaining(`"${ORIGIN}"`) }),
    ]);
    await mended();
  });

  test('a check names the secret header that a person has removed, and does not call the 403 of the lock healthy', async () => {
    await changeOrigin(nameplate, ORIGIN, { CustomHeaders: { Quantity: 0 } });
    await nameplate.aws.clock.advance(10 * 60_000);
    expect((await nameplate.viewer.https(SHOP)).status).toBe(403);
    const { verdict, names, resources } = await check();
    expect(verdict).toBe('findings');
    expect(names.map(({ findings: [gravest] }) => gravest?.code)).toEqual(Array(2).fill('loadBalancerRefuses'));
    expect(resources.map(({ message }) => message)).toEqual([
      expect.stringContaining('send the origin a secret header'),
    ]);
    await mended();
  });

  /** By a plan of the same document, as the finding advises. */
  async function mended(): Promise<void> {
    await nameplate.change(SHOP, { aliases: [WWW], edge: 'cdn' });
    expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'live' });
    expect((await nameplate.viewer.https(SHOP)).status).toBe(200);
    expect(await check()).toMatchObject({ verdict: 'healthy', resources: [] });
  }

  test('undone, nothing of it is left', async () => {
    await nameplate.undo(SHOP);
    const { state } = await nameplate.ended(SHOP);
    expect(state).toBe('undone');
    expect(await distributions()).toEqual([]);
    expect(await picture(nameplate)).toEqual(before);
    expect(await traces(nameplate, [SHOP, WWW, ORIGIN])).toEqual([]);
  });

  const check = () => nameplate.check(SHOP);

  async function distributions(): Promise<DistributionSummary[]> {
    const { DistributionList } = await nameplate.ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
    return DistributionList?.Items ?? [];
  }

  async function theDistribution(): Promise<DistributionConfig> {
    const [Id] = (await distributions()).map((each) => each.Id);
    const { DistributionConfig: config } = await nameplate.ask<GetDistributionConfigResult>(
      'cloudfront',
      'GetDistributionConfig',
      { Id },
    );
    if (!config) throw new Error('There is no distribution');
    return config;
  }
});
