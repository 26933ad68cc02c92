import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RENEW_COMMAND } from '../../domain/server-kit/certbot-options.ts';
import { join as joined } from '../../local/internet/entrance.ts';
import { anNginx } from '../cli/server-kit/an-nginx.ts';
import { aZone } from '../support/a-zone.ts';
import { isInstalled, whySkipped } from '../support/installed.ts';
import { root } from '../support/paths.ts';
import { picture } from '../support/picture.ts';
import { sharedBoot } from '../support/shared-boot.ts';

const run = promisify(execFile);
const ADDRESS = '198.51.100.49';
const missing = (['nginx', 'certbot'] as const).filter((client) => !isInstalled(client));
const describeWithBoth = missing.length === 0 ? describe : describe.skip;

describeWithBoth(
  `a server with nginx and certbot${missing.map((client) => ` (${whySkipped(client)})`).join('')}`,
  () => {
    // certbot asks for its certificate by the wall clock.
    const boot = sharedBoot({ speed: 60 });
    const closers: (() => unknown)[] = [];
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'acme-'));
    });
    afterEach(async () => {
      for (const close of closers.splice(0).reverse()) await close();
      rmSync(folder, { recursive: true, force: true });
    });

    test('12: the kit takes its credentials from the API, the site goes live, and renewal drops no request', async () => {
      const { nameplate } = boot;
      const { aws, viewer } = nameplate;
      const { zone, shop, www } = boot.namesInZone();
      await aZone(nameplate, zone);
      const before = await picture(nameplate);
      const app = createServer((_, response) => response.end('The application\n'));
      await new Promise<void>((listening) => app.listen(0, '127.0.0.1', listening));
      closers.push(() => {
        app.closeAllConnections();
        app.close();
      });
      const origin = { server: { address: ADDRESS } };
      await nameplate.begin(shop, { edge: 'direct', origin, certificate: 'acme', aliases: [www] });
      await nameplate.waitsIn(shop, 'AwaitServer');

      const upstream = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
      const kit = join(folder, 'kit');
      const words = [shop, '--api', aws.apiUrl, '--upstream', upstream, '--out', kit];
      const { stdout } = await run(process.execPath, ['cli/nameplate.ts', 'server-kit', ...words], { cwd: root });
      const nginx = await anNginx({
        config: readFileSync(join(kit, `${shop}.conf`), 'utf8'),
        letsencrypt: join(folder, 'config'),
      });
      closers.push(() => nginx.stop());
      // This nginx is none of systemd's.
      const options = readFileSync(join(kit, 'certbot.ini'), 'utf8');
      const [, secret = 'none'] = /^eab-hmac-key = (.*)$/m.exec(options) ?? [];
      const file = join(folder, 'certbot.ini');
      writeFileSync(file, options.replace(/^deploy-hook = .*$/m, `deploy-hook = ${nginx.reloadCommand}`));
      writeFileSync(join(folder, 'ca.pem'), aws.caPem);
      const certbot = (...given: string[]) =>
        run(
          'certbot',
          [...given, ...['config', 'work', 'logs'].flatMap((name) => [`--${name}-dir`, join(folder, name)])],
          { env: { ...process.env, HTTPS_PROXY: aws.proxy, REQUESTS_CA_BUNDLE: join(folder, 'ca.pem') } },
        );
      await certbot('certonly', '--config', file);
      await nginx.start();
      for (const [port, local] of [
        [80, nginx.ports.http],
        [443, nginx.ports.https],
      ] as const)
        closers.push(
          aws.internet.listen({ address: ADDRESS, port }, (connection) =>
            joined(connectSocket({ port: local, host: '127.0.0.1', allowHalfOpen: true }), connection),
          ),
        );
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });
      for (const name of [shop, www]) {
        const { status, body, certificate } = await viewer.https(name);
        expect([status, body, certificate.names.sort()]).toEqual([200, 'The application\n', [shop, www].sort()]);
      }
      expect((await viewer.http(shop)).status).toBe(301);

      // Certificates begin and end at midnight.
      await aws.clock.advance(31 * 86_400_000);
      const { validTo } = (await viewer.https(shop)).certificate;
      const statuses: number[] = [];
      let renewed = false;
      const load = (async () => {
        while (!renewed) {
          const { status, certificate } = await viewer.https(shop);
          statuses.push(status);
          renewed = certificate.validTo > validTo;
        }
      })();
      await certbot(...RENEW_COMMAND.split(' ').slice(1), '--force-renewal');
      await load;
      expect(statuses.length).toBeGreaterThan(1);
      expect(new Set(statuses)).toEqual(new Set([200]));

      expect(secret.length).toBeGreaterThan(20);
      expect(
        [stdout, JSON.stringify(await nameplate.show(shop)), ...(await nameplate.logLines())].join('\n'),
      ).not.toContain(secret);
      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await aws.clock.advance(60_000);
      expect(await picture(nameplate)).toEqual(before);
      await expect(certbot(...RENEW_COMMAND.split(' ').slice(1), '--force-renewal')).rejects.toThrow();
    });
  },
);
