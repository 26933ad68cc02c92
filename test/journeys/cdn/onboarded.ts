import type {
  DistributionConfig,
  DistributionSummary,
  GetDistributionConfigResult,
  ListDistributionsResult,
} from '@aws-sdk/client-cloudfront';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { PERSON } from '../../../local/internet/proxy.ts';
import { aZone } from '../../support/a-zone.ts';
import { changeOrigin } from '../../support/change-origin.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { traces } from '../../support/traces.ts';

export function onboarded(boot: SharedBoot): void {
  describe('a shop behind CloudFront, from nothing', () => {
    const { zone, shop, www } = boot.namesInZone();
    const originName = `origin.${shop}`;
    let nameplate: Nameplate;
    let zoneId: string;
    let before: string[];
    let others: DistributionSummary[];
    let site: Shown;

    beforeAll(async () => {
      nameplate = boot.nameplate;
      zoneId = await aZone(nameplate, zone);
      await nameplate.aws.clock.advance(120_000);
      [before, others] = [await picture(nameplate), await distributions()];
      site = await nameplate.onboard(shop, { aliases: [www], edge: 'cdn' });
    });

    test('it is live', () => {
      expect(site.reason).toBeUndefined();
      expect(site.state).toBe('live');
    });

    test.each([shop, www])(
      'https://%s/ answers by CloudFront, under a certificate of the served names only',
      async (name) => {
        const { status, headers, body, certificate } = await nameplate.viewer.https(name);
        expect([status, body]).toEqual([200, expect.stringContaining('The shop is open')]);
        expect(headers['via']).toContain('CloudFront');
        expect([...certificate.names].sort()).toEqual([shop, www]);
      },
    );

    test('plain http is sent on to https, IPv6 users see the same site', async () => {
      expect((await nameplate.viewer.http(shop)).status).toBe(301);
      expect(await nameplate.viewer.addresses(shop, 6)).not.toEqual([]);
    });

    test('C3: the distribution asks a name of the site, under TLS, and never the load balancer by its own', async () => {
      const { Origins, DefaultCacheBehavior } = await theDistribution();
      expect(Origins?.Items).toMatchObject([
        {
          DomainName: originName,
          CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSslProtocols: { Items: ['TLSv1.2'] } },
        },
      ]);
      expect(DefaultCacheBehavior).toMatchObject({ ViewerProtocolPolicy: 'redirect-to-https' });
    });

    test('the load balancer answers the CDN only', async () => {
      const [address = ''] = await nameplate.viewer.addresses(originName);
      expect(nameplate.aws.internet.reach(PERSON.ipv4, { address, port: 443 })).toBe('filtered');
    });

    test('20: the secret between the two is in no log, timeline or ledger', async () => {
      const { Origins } = await theDistribution();
      const [secret = ''] = (Origins?.Items?.[0]?.CustomHeaders?.Items ?? []).map(({ HeaderValue }) => HeaderValue);
      expect(secret).toMatch(/.{32}/);
      expect((await nameplate.logLines()).filter((line) => line.includes(secret))).toEqual([]);
      expect(JSON.stringify(await nameplate.show(shop))).not.toContain(secret);
    });

    test('a check names the record that CloudFront asks, and that another tool has removed', async () => {
      expect(await check()).toMatchObject({
        verdict: 'healthy',
        resources: [],
        origin: { name: originName, findings: [] },
      });
      const found = (await nameplate.records(zone)).filter(({ Name }) => Name === `${originName}.`);
      await nameplate.ask('route53', 'ChangeResourceRecordSets', {
        HostedZoneId: zoneId,
        ChangeBatch: { Changes: found.map((ResourceRecordSet) => ({ Action: 'DELETE', ResourceRecordSet })) },
      });
      await nameplate.aws.clock.advance(180_000);
      expect((await check()).resources).toEqual([
        expect.objectContaining({ code: 'resourceMissing', message: expect.stringContaining(`"${originName}"`) }),
      ]);
      await mended();
    });

    test('a check names the secret header that a person has removed, and does not call the 403 of the lock healthy', async () => {
      await changeOrigin(nameplate, originName, { CustomHeaders: { Quantity: 0 } });
      await nameplate.aws.clock.advance(10 * 60_000);
      expect((await nameplate.viewer.https(shop)).status).toBe(403);
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
      await nameplate.change(shop, { aliases: [www], edge: 'cdn' });
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });
      expect((await nameplate.viewer.https(shop)).status).toBe(200);
      expect(await check()).toMatchObject({ verdict: 'healthy', resources: [] });
    }

    test('undone, nothing of it is left', async () => {
      await nameplate.undo(shop);
      const { state } = await nameplate.ended(shop);
      expect(state).toBe('undone');
      expect(await distributions()).toEqual(others);
      expect(await picture(nameplate)).toEqual(before);
      expect(await traces(nameplate, [shop, www, originName])).toEqual([]);
    });

    const check = () => nameplate.check(shop);

    async function distributions(): Promise<DistributionSummary[]> {
      const { DistributionList } = await nameplate.ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
      return DistributionList?.Items ?? [];
    }

    async function theDistribution(): Promise<DistributionConfig> {
      const Id = (await distributions()).find(({ Aliases }) => Aliases?.Items?.includes(shop))?.Id;
      const { DistributionConfig: config } = await nameplate.ask<GetDistributionConfigResult>(
        'cloudfront',
        'GetDistributionConfig',
        { Id },
      );
      if (!config) throw new Error('There is no distribution');
      return config;
    }
  });
}
