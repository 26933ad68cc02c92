import { randomUUID } from 'node:crypto';
import type { CreateSecretResponse } from '@aws-sdk/client-secrets-manager';
import { afterAll, describe, expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { inOrder } from '../../support/certificates.ts';
import { anIssuedCertificate, materialOf } from '../../support/issued-certificate.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import { aServerOfTheirs, type TheirServer } from '../../support/server-of-theirs.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const failover = { page: { title: 'Back at nine' } };

/** What a viewer gets once resolvers have forgotten what was before, and how long the certificate is valid that it came with. */
async function seen({ viewer, aws }: Nameplate, name: string): Promise<{ shown: string | number; until: string }> {
  await aws.clock.advance(6 * MINUTE);
  const { status, body, certificate } = await viewer.https(name);
  const shown = status === 503 && body.includes(failover.page.title) ? 'page' : status;
  return { shown, until: certificate.validTo.toISOString() };
}

/** The page comes under a certificate, whoever requests it. */
export function certificates(boot: SharedBoot): void {
  describe('a failover under certificates of every kind', () => {
    const servers: TheirServer[] = [];
    afterAll(() => {
      for (const server of servers) server.close();
    });

    test('13, F7: the page comes under the certificate of a person, imported or named, that the site has', async () => {
      const { nameplate } = boot;
      const { aws, ask, world } = nameplate;
      const { zone, shop, www } = boot.namesInZone();
      const zoneId = await aZone(nameplate, zone);
      const { cert, key } = inOrder(
        await aws.authority.issue({
          names: [shop, www],
          keyAlgorithm: 'RSA_2048',
          // Viewers go by the clock of this machine, which AWS time has left behind.
          notBefore: new Date(Date.now() - DAY),
          notAfter: new Date(aws.clock.now().getTime() + 90 * DAY),
        }),
      );
      const { ARN: secret = '' } = await ask<CreateSecretResponse>('secretsmanager', 'CreateSecret', {
        Name: `certificates/${shop}`,
        ClientRequestToken: randomUUID(),
        SecretString: cert + key,
        Tags: [{ Key: 'nameplate:certificate', Value: 'Nameplate' }],
      });
      const arn = await anIssuedCertificate(nameplate, { zoneId, names: [zone, `*.${zone}`, `*.${shop}`] });
      const before = await picture(nameplate);
      const web = aws.ec2.web(world.instanceId);
      const ends = new Set<string>();
      for (const certificate of [{ imported: { secret } }, { arn }]) {
        const site = { aliases: [www], certificate, failover };
        if (ends.size === 0) await nameplate.begin(shop, site);
        else await nameplate.change(shop, site);
        const { state, reason } = await nameplate.ended(shop);
        expect([state, reason]).toEqual(['live', undefined]);
        const { until } = await seen(nameplate, www);
        ends.add(until);
        web.stop();
        expect(await seen(nameplate, www)).toEqual({ shown: 'page', until });
        web.start();
        expect(await seen(nameplate, www)).toEqual({ shown: 200, until });
      }
      expect(ends.size).toBe(2);

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await aws.clock.advance(30 * MINUTE);
      expect(await picture(nameplate)).toEqual(before);
    });

    test('13: a server that requests its own certificate, or is given an exported one, fails over to a page under one of CloudFront', async () => {
      const { nameplate } = boot;
      const { aws } = nameplate;
      const { zone, shop } = boot.namesInZone();
      const zoneId = await aZone(nameplate, zone);
      const issued = await anIssuedCertificate(nameplate, { zoneId, names: [shop] });
      const at = { address: '198.51.100.63', port: 443 };
      const serve = async () => {
        const material = materialOf(nameplate, issued);
        servers.push(await aServerOfTheirs(nameplate, { ...at, material }));
      };
      await serve();
      const before = await picture(nameplate);
      const document = { edge: 'direct', origin: { server: { address: at.address } }, failover };
      for (const certificate of ['acme', 'export']) {
        if (certificate === 'acme') await nameplate.begin(shop, { ...document, certificate });
        else await nameplate.change(shop, { ...document, certificate });
        const { state, reason } = await nameplate.ended(shop);
        expect([certificate, state, reason]).toEqual([certificate, 'live', undefined]);
        expect((await seen(nameplate, shop)).shown).toBe(200);
        for (const server of servers.splice(0)) server.close();
        expect((await seen(nameplate, shop)).shown).toBe('page');
        await serve();
        expect((await seen(nameplate, shop)).shown).toBe(200);
      }

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await aws.clock.advance(30 * MINUTE);
      expect(await picture(nameplate)).toEqual(before);
    });
  });
}
