import { createPrivateKey, X509Certificate } from 'node:crypto';
import type {
  DescribeCertificateResponse,
  ExportCertificateResponse,
  ListAcmeAccountsResponse,
  ListAcmeEndpointsResponse,
  ListAcmeExternalAccountBindingsResponse,
} from '@aws-sdk/client-acm';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { ServerCredentials } from '../../../domain/server-kit/credentials.ts';
import { selfSigned } from '../../local/internet/self-signed.ts';
import { aZone } from '../../support/a-zone.ts';
import { AcmeServer } from '../../support/acme-server.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import { aServerOfTheirs, type TheirServer } from '../../support/server-of-theirs.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const servers: TheirServer[] = [];

const site = (address: string, more: object = {}) => ({
  edge: 'direct',
  origin: { server: { address } },
  certificate: 'acme',
  ...more,
});

/** What a person does with credentials of their own. */
async function exportedFrom(nameplate: Nameplate, arn: string): Promise<{ key: string; cert: string }> {
  const passphrase = 'f'.repeat(64);
  const {
    Certificate,
    CertificateChain,
    PrivateKey = '',
  } = await nameplate.ask<ExportCertificateResponse>('acm', 'ExportCertificate', {
    CertificateArn: arn,
    Passphrase: Buffer.from(passphrase),
  });
  const key = createPrivateKey({ key: PrivateKey, passphrase });
  return { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: `${Certificate}${CertificateChain}` };
}

async function endpoints(nameplate: Nameplate): Promise<string[]> {
  const { AcmeEndpoints = [] } = await nameplate.ask<ListAcmeEndpointsResponse>('acm', 'ListAcmeEndpoints', {});
  return AcmeEndpoints.map(({ AcmeEndpointArn = '' }) => AcmeEndpointArn);
}

async function credentials(
  nameplate: Nameplate,
  domain: string,
): Promise<{ status: number; cache: string | null; body: ServerCredentials & { type?: string } }> {
  const response = await fetch(`${nameplate.aws.apiUrl}/v1/sites/${domain}/server-credentials`, { method: 'POST' });
  return {
    status: response.status,
    cache: response.headers.get('cache-control'),
    body: (await response.json()) as ServerCredentials & { type?: string },
  };
}

export function acme(boot: SharedBoot): void {
  describe('a server with a certificate of its own', () => {
    afterEach(() => {
      for (const server of servers.splice(0)) server.close();
    });

    test('12: a server elsewhere gets its certificate by ACME, renews it, and undo leaves nothing', async () => {
      const { nameplate } = boot;
      const { zone, shop, www } = boot.namesInZone();
      await aZone(nameplate, zone);
      const address = '198.51.100.46';
      const server = await aServerOfTheirs(nameplate, { address, port: 443, material: await selfSigned() });
      servers.push(server);
      const before = await picture(nameplate);

      await nameplate.begin(shop, site(address, { aliases: [www] }));
      const early = await credentials(nameplate, shop);
      expect([early.status, early.body.type]).toEqual([409, 'urn:nameplate:problem:not-validated']);
      const { waiting } = await nameplate.waitsIn(shop, 'AwaitServer');
      expect(waiting[0]?.for).toMatch(/nameplate server-kit \S+ --from-site --out DIR.*open TCP 80 and 443\. Now: /s);
      expect((await nameplate.records(zone)).some(({ Type }) => Type === 'A')).toBe(false);

      const first = await credentials(nameplate, shop);
      expect([first.status, first.cache]).toEqual([201, 'no-store']);
      const second = await credentials(nameplate, shop);
      // Those that no account was registered with are revoked.
      await expect(AcmeServer.register(nameplate, first.body)).rejects.toThrow();
      const client = await AcmeServer.register(nameplate, second.body);
      await expect(client.issue(`other.${zone}`)).rejects.toThrow(/No valid domain validation/);
      server.install(await client.issue(shop, www));
      expect((await nameplate.ended(shop)).state).toBe('live');
      for (const name of [shop, www]) {
        const { status, body, certificate } = await nameplate.viewer.https(name);
        expect([status, body, certificate.names.sort()]).toEqual([200, 'Served from elsewhere\n', [shop, www].sort()]);
      }

      await nameplate.aws.clock.advance(31 * 86_400_000);
      const former = (await nameplate.viewer.https(shop)).certificate.validTo;
      server.install(await client.issue(shop, www));
      expect((await nameplate.viewer.https(shop)).certificate.validTo.getTime()).toBeGreaterThan(former.getTime());

      const told = JSON.stringify([await nameplate.show(shop), await nameplate.logLines()]);
      for (const secret of [first.body.macKey, second.body.macKey]) expect(told).not.toContain(secret);

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await nameplate.aws.clock.advance(60_000);
      expect(await picture(nameplate)).toEqual(before);
      await expect(client.issue(shop)).rejects.toThrow();
      const late = await credentials(nameplate, shop);
      expect([late.status, late.body.type]).toEqual([409, 'urn:nameplate:problem:no-acme-certificate']);
    });

    test('12: sites share the endpoint of the stack; names are added and taken away, and the last site deletes it', async () => {
      const { nameplate } = boot;
      const { zone, shop, www } = boot.namesInZone();
      await aZone(nameplate, zone);
      const other = `other.${zone}`;
      const before = await picture(nameplate);
      const clients = [];
      for (const [domain, address] of [
        [shop, '198.51.100.47'],
        [other, '198.51.100.48'],
      ] as const) {
        const server = await aServerOfTheirs(nameplate, { address, port: 443, material: await selfSigned() });
        servers.push(server);
        await nameplate.begin(domain, site(address));
        await nameplate.waitsIn(domain, 'AwaitServer');
        const client = await AcmeServer.register(nameplate, (await credentials(nameplate, domain)).body);
        server.install(await client.issue(domain));
        expect((await nameplate.ended(domain)).state).toBe('live');
        clients.push({ client, server });
      }
      expect(await endpoints(nameplate)).toHaveLength(1);
      const [mine] = clients;
      // Another site's name: its role does not allow it.
      await expect(mine?.client.issue(other)).rejects.toThrow(/not authorized|unauthorized/i);

      await nameplate.change(shop, site('198.51.100.47', { aliases: [www] }));
      await nameplate.waitsIn(shop, 'AwaitServer');
      if (mine) mine.server.install(await mine.client.issue(shop, www));
      expect((await nameplate.ended(shop)).state).toBe('live');
      await nameplate.change(shop, site('198.51.100.47'));
      expect((await nameplate.ended(shop)).state).toBe('live');
      await expect(mine?.client.issue(shop, www)).rejects.toThrow();

      await nameplate.undo(shop);
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
      const [endpoint = ''] = await endpoints(nameplate);
      const { ExternalAccountBindings = [] } = await nameplate.ask<ListAcmeExternalAccountBindingsResponse>(
        'acm',
        'ListAcmeExternalAccountBindings',
        { AcmeEndpointArn: endpoint },
      );
      const { AcmeAccounts = [] } = await nameplate.ask<ListAcmeAccountsResponse>('acm', 'ListAcmeAccounts', {
        AcmeEndpointArn: endpoint,
      });
      expect([ExternalAccountBindings.length, AcmeAccounts.map(({ Status }) => Status).sort()]).toEqual([
        1,
        ['REVOKED', 'VALID'],
      ]);
      await nameplate.undo(other);
      expect(await nameplate.ended(other)).toMatchObject({ state: 'undone' });
      await nameplate.aws.clock.advance(60_000);
      expect(await picture(nameplate)).toEqual(before);
    });

    test('12, C9: a server behind CloudFront gets a certificate for the origin name too, and viewers see that of CloudFront', async () => {
      const { nameplate } = boot;
      const { zone, shop } = boot.namesInZone();
      await aZone(nameplate, zone);
      const address = '198.51.100.50';
      const server = await aServerOfTheirs(nameplate, { address, port: 443, material: await selfSigned() });
      servers.push(server);
      const before = await picture(nameplate);
      await nameplate.begin(shop, site(address, { edge: 'cdn' }));
      const { waiting } = await nameplate.waitsIn(shop, 'CheckOrigin');
      expect(waiting.map((each) => each.for).join()).toContain(`nameplate server-kit ${shop} --from-site`);
      const { body } = await credentials(nameplate, shop);
      expect(body.names).toEqual([shop, `origin.${shop}`]);
      server.install(await (await AcmeServer.register(nameplate, body)).issue(...body.names));
      const { state, reason } = await nameplate.ended(shop);
      expect([state, reason]).toEqual(['live', undefined]);
      const { status, headers, certificate } = await nameplate.viewer.https(shop);
      expect([status, certificate.names]).toEqual([200, [shop]]);
      expect(headers['via']).toContain('CloudFront');

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await nameplate.aws.clock.advance(60_000);
      expect(await picture(nameplate)).toEqual(before);
    });

    test('12: a certificate that a person exports is installed on the server, and undo leaves nothing', async () => {
      const { nameplate } = boot;
      const { zone, shop, www } = boot.namesInZone();
      await aZone(nameplate, zone);
      const address = '198.51.100.51';
      const server = await aServerOfTheirs(nameplate, { address, port: 443, material: await selfSigned() });
      servers.push(server);
      const before = await picture(nameplate);
      const declared = site(address, { aliases: [www], certificate: 'export' });
      const { cost, waits } = await nameplate.plan({ domain: shop, ...declared });
      expect([cost.once, cost.lines.map(({ what, quantity, once }) => [what.slice(0, 21), quantity, once])]).toEqual([
        14,
        [['name of a certificate', 2, 14]],
      ]);
      // The zone is new: its delegation may be waited for as well.
      expect(waits.map((each) => each.for)).toEqual(expect.arrayContaining(['certificate', 'server', 'records']));

      await nameplate.begin(shop, declared);
      const { waiting } = await nameplate.waitsIn(shop, 'AwaitServer');
      const [, arn = ''] =
        waiting[0]?.for.match(/acm export-certificate --region \S+ --certificate-arn (\S+) --passphrase/) ?? [];
      expect((await nameplate.records(zone)).some(({ Type }) => Type === 'A')).toBe(false);
      const material = await exportedFrom(nameplate, arn);
      server.install(material);
      expect((await nameplate.ended(shop)).state).toBe('live');
      for (const name of [shop, www]) {
        const { status, body, certificate } = await nameplate.viewer.https(name);
        expect([status, body, certificate.names.sort()]).toEqual([200, 'Served from elsewhere\n', [shop, www].sort()]);
      }
      const calls = await nameplate.ask<DescribeCertificateResponse>('acm', 'DescribeCertificate', {
        CertificateArn: arn,
      });
      expect(calls.Certificate).toMatchObject({ Options: { Export: 'ENABLED' }, RenewalEligibility: 'ELIGIBLE' });
      expect(JSON.stringify([await nameplate.show(shop), await nameplate.logLines()])).not.toContain('PRIVATE KEY');

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await nameplate.aws.clock.advance(60_000);
      expect(await picture(nameplate)).toEqual(before);
    });

    test('12, C9: an exported certificate of a server behind CloudFront covers the origin name alone where that alone is sent', async () => {
      const { nameplate } = boot;
      const { zone, shop } = boot.namesInZone();
      await aZone(nameplate, zone);
      const address = '198.51.100.52';
      const server = await aServerOfTheirs(nameplate, { address, port: 443, material: await selfSigned() });
      servers.push(server);
      const before = await picture(nameplate);
      await nameplate.begin(shop, site(address, { edge: 'cdn', certificate: 'export', cdn: { host: 'origin' } }));
      const { waiting } = await nameplate.waitsIn(shop, 'CheckOrigin');
      const [, arn = ''] =
        waiting
          .map((each) => each.for)
          .join()
          .match(/--certificate-arn (\S+) --passphrase/) ?? [];
      const material = await exportedFrom(nameplate, arn);
      expect(new X509Certificate(material.cert).subjectAltName).toBe(`DNS:origin.${shop}`);
      server.install(material);
      const { state, reason } = await nameplate.ended(shop);
      expect([state, reason]).toEqual(['live', undefined]);
      expect((await nameplate.viewer.https(shop)).certificate.names).toEqual([shop]);

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await nameplate.aws.clock.advance(60_000);
      expect(await picture(nameplate)).toEqual(before);
    });
  });
}
