import type { DescribeLoadBalancersOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { SiteCheckView } from '../../../domain/doctor/view.ts';
import { selfSigned } from '../../local/internet/self-signed.ts';
import { aZone } from '../../support/a-zone.ts';
import { changeOrigin } from '../../support/change-origin.ts';
import { testWith } from '../../support/installed.ts';
import { anIssuedCertificate, materialOf } from '../../support/issued-certificate.ts';
import { aNginxOfTheirs } from '../../support/nginx-of-theirs.ts';
import { picture } from '../../support/picture.ts';
import { aServerOfTheirs } from '../../support/server-of-theirs.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { aBalancerOfTheirs } from '../../support/theirs-balancer.ts';
import { watched } from '../../support/watch.ts';

export function origins(boot: SharedBoot): void {
  describe('an origin behind CloudFront', () => {
    const servers: { close: () => unknown }[] = [];
    afterEach(async () => {
      for (const server of servers.splice(0)) await server.close();
    });

    test('C9, C10: a server behind CloudFront whose certificate is wrong at first is waited for, told with the fix, and goes live once mended', async () => {
      const { nameplate } = boot;
      const { zone, shop, www } = boot.namesInZone();
      const zoneId = await aZone(nameplate, zone);
      const issued = await anIssuedCertificate(nameplate, { zoneId, names: [shop, www] });
      const address = '198.51.100.46';
      const server = await aServerOfTheirs(nameplate, { address, port: 8443, material: await selfSigned() });
      servers.push(server);
      const before = await picture(nameplate);
      const document = { edge: 'cdn', origin: { server: { address, port: 8443 } }, aliases: [www] };
      const { changes, findings, waits } = await nameplate.plan(nameplate.document(shop, document));
      expect(changes.map(({ resource }) => resource.type)).not.toContain('load balancer');
      expect(findings.find(({ check }) => check === 'originNotReady')?.message).toContain('signed by itself');
      expect(waits.map((wait) => wait.for)).toContain('origin');

      await nameplate.begin(shop, document);
      const { waiting } = await nameplate.waitsIn(shop, 'CheckOrigin');
      const told = waiting.map((each) => each.for).join();
      for (const words of ['signed by itself', 'CloudFront would answer 502', 'server-kit'])
        expect(told).toContain(words);
      expect((await nameplate.records(zone)).some(({ Name }) => Name === `${shop}.`)).toBe(false);
      server.install(materialOf(nameplate, issued));
      const { state, reason } = await nameplate.ended(shop);
      expect([state, reason]).toEqual(['live', undefined]);
      for (const name of [shop, www]) {
        const { status, body, headers } = await nameplate.viewer.https(name);
        expect([status, body]).toEqual([200, 'Served from elsewhere\n']);
        expect(headers['via']).toContain('CloudFront');
      }

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      expect(await picture(nameplate)).toEqual(before);
    });

    test('a load balancer that exists, a server and an instance follow each other behind CloudFront under one origin name, without a failed request', async () => {
      const { nameplate } = boot;
      const { zone, shop } = boot.namesInZone();
      const zoneId = await aZone(nameplate, zone);
      const issued = await anIssuedCertificate(nameplate, { zoneId, names: [shop] });
      const address = '198.51.100.47';
      servers.push(await aServerOfTheirs(nameplate, { address, port: 443, material: materialOf(nameplate, issued) }));
      const theirs = await aBalancerOfTheirs(nameplate, { zoneId, names: [`blog.${zone}`] });
      const before = await picture(nameplate);
      const mark = nameplate.aws.calls.mark();
      expect(await nameplate.onboard(shop, { edge: 'cdn', origin: { loadBalancer: theirs.arn } })).toMatchObject({
        state: 'live',
      });
      const elbCalls = nameplate.mutatingCalls(mark).filter((call) => call.startsWith('elasticloadbalancing:'));
      expect(elbCalls).toEqual(['elasticloadbalancing:AddListenerCertificates']);
      expect((await nameplate.viewer.https(shop)).headers['via']).toContain('CloudFront');

      const origin = { server: { address } };
      for (const [document, served] of [
        [{ edge: 'cdn', origin }, 'Served from elsewhere'],
        [{ edge: 'cdn' }, 'The shop is open'],
        [{ edge: 'cdn', origin }, 'Served from elsewhere'],
        [{ edge: 'direct', origin }, 'Served from elsewhere'],
        [{ edge: 'cdn', origin }, 'Served from elsewhere'],
      ] as const) {
        await nameplate.change(shop, document);
        const { site, failures } = await watched(nameplate, shop, { names: [shop] });
        expect([site.state, site.reason, site.left, failures]).toEqual(['live', undefined, undefined, []]);
        expect((await nameplate.viewer.https(shop)).body).toContain(served);
      }

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await nameplate.aws.clock.advance(30 * 60_000);
      expect(await picture(nameplate)).toEqual(before);
    });

    testWith(
      'nginx',
      "nginx with the server kit behind CloudFront gets the viewer's name, and the application what it was asked",
      async () => {
        const { nameplate } = boot;
        const { zone, shop, www } = boot.namesInZone();
        const zoneId = await aZone(nameplate, zone);
        const address = '198.51.100.48';
        const expired = await anIssuedCertificate(nameplate, { zoneId, names: [`other.${zone}`] });
        const issued = await anIssuedCertificate(nameplate, { zoneId, names: [shop, www] });
        const material = materialOf(nameplate, expired);
        const server = await aNginxOfTheirs(nameplate, { address, names: [shop, www], material });
        servers.push(server);
        await nameplate.begin(shop, { edge: 'cdn', origin: { server: { address } }, aliases: [www] });
        const { waiting } = await nameplate.waitsIn(shop, 'CheckOrigin');
        expect(waiting[0]?.for).toContain(`does not cover "${shop}"`);
        server.install(materialOf(nameplate, issued));
        expect((await nameplate.ended(shop)).state).toBe('live');
        const { status, body } = await nameplate.viewer.https(www);
        expect([status, JSON.parse(body)]).toEqual([
          200,
          expect.objectContaining({ headers: expect.objectContaining({ host: www, 'x-forwarded-proto': 'https' }) }),
        ]);
        await nameplate.undo(shop);
        expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
      },
    );

    test('C9: a distribution that is made to ask a load balancer by its own name answers 502, and a check names it', async () => {
      const { nameplate } = boot;
      const { zone, shop } = boot.namesInZone();
      const zoneId = await aZone(nameplate, zone);
      const theirs = await aBalancerOfTheirs(nameplate, { zoneId, names: [`blog.${zone}`], called: 'named' });
      const origin = { loadBalancer: theirs.arn };
      expect((await nameplate.onboard(shop, { edge: 'cdn', origin, cdn: { host: 'origin' } })).state).toBe('live');
      const { LoadBalancers: [balancer] = [] } = await nameplate.ask<DescribeLoadBalancersOutput>(
        'elasticloadbalancing',
        'DescribeLoadBalancers',
        { LoadBalancerArns: [theirs.arn] },
      );
      const DomainName = balancer?.DNSName ?? '';
      await changeOrigin(nameplate, `origin.${shop}`, { DomainName });
      await nameplate.aws.clock.advance(10 * 60_000);
      expect((await nameplate.viewer.https(shop)).status).toBe(502);

      const asked = { method: 'POST', body: JSON.stringify({ domain: shop }) };
      const answer = await fetch(`${nameplate.aws.apiUrl}/v1/checks`, asked);
      const { names, resources } = (await answer.json()) as SiteCheckView;
      expect(names[0]?.findings.find(({ code }) => code === 'pageFailsAtCloudFront')?.fix).toContain(
        'own name of a load balancer',
      );
      expect(resources).toMatchObject([{ message: expect.stringContaining(`by its own name "${DomainName}"`) }]);
      await nameplate.change(shop, { edge: 'cdn', origin, cdn: { host: 'origin' } });
      expect((await nameplate.ended(shop)).state).toBe('live');
      expect((await nameplate.viewer.https(shop)).status).toBe(200);
      await nameplate.undo(shop);
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
    });
  });
}
