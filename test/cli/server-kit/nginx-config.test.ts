import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from '@jest/globals';
import { Authority } from '../../../local/certificates/authority.ts';
import { aKit } from '../../domain/server-kit/a-kit.ts';
import { testWith } from '../../support/installed.ts';
import { anNginx } from './an-nginx.ts';

let letsencrypt: string;
beforeEach(() => {
  letsencrypt = mkdtempSync(join(tmpdir(), 'server-kit-'));
});
afterEach(() => rmSync(letsencrypt, { recursive: true, force: true }));

/** What `nginx -t` says of a kit's configuration. */
async function checked(domain: string, changes: Parameters<typeof aKit>[0] = {}): Promise<string> {
  const files = aKit({ domain, ...changes });
  const config = files.find(({ name }) => name === `${domain}.conf`)?.text ?? '';
  const issued = await (await Authority.create()).issue({
    names: [domain],
    keyAlgorithm: 'EC_prime256v1',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 86_400_000),
  });
  const live = join(letsencrypt, 'live', domain);
  mkdirSync(live, { recursive: true });
  writeFileSync(join(live, 'fullchain.pem'), issued.certificatePem + issued.chainPem);
  writeFileSync(join(live, 'privkey.pem'), issued.privateKeyPem);
  const nginx = await anNginx({ config, letsencrypt });
  const { status, stderr } = nginx.check();
  await nginx.stop();
  return status === 0 ? 'ok' : stderr;
}

testWith('nginx', 'nginx -t takes the configuration of a kit', async () => {
  expect(await checked('shop.example.com', { aliases: ['www.example.com'], hstsDays: '730' })).toBe('ok');
});

testWith('nginx', 'nginx -t takes the longest names, which the default hash bucket does not', async () => {
  const long = ['a', 'b', 'c'].map((letter) => letter.repeat(60)).join('.');
  expect(await checked(`${long}.example.com`)).toBe('ok');
});

testWith('nginx', 'nginx -t takes an application on IPv6', async () => {
  expect(await checked('shop.example.com', { upstream: 'http://[::1]:8080', ipv6: false })).toBe('ok');
});
