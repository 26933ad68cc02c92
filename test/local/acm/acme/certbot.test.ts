import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { type HttpProxy, startProxy } from '../../../../local/internet/proxy.ts';
import { testWith } from '../../../support/installed.ts';
import { type AnEndpoint, anEndpoint } from './an-endpoint.ts';

let aws: AnEndpoint;
let proxy: HttpProxy;
let folder: string;

// Two minutes pass in two seconds while certbot waits; it asks each second of its own.
beforeAll(async () => {
  aws = await anEndpoint({ speed: 60 });
  proxy = await startProxy({
    internet: aws.internet,
    clock: aws.clock,
    resolve: (name, type) => aws.names.resolver.resolve(name, type),
  });
  folder = mkdtempSync(join(tmpdir(), 'certbot-'));
  writeFileSync(join(folder, 'ca.pem'), aws.authority.rootPem);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await proxy.close();
  await aws.close();
});

/** Runs Debian's certbot, which comes in by the proxy and trusts the local authority. */
async function certbot(...words: string[]): Promise<string> {
  const env = {
    ...process.env,
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    REQUESTS_CA_BUNDLE: join(folder, 'ca.pem'),
  };
  const folders = ['config', 'work', 'logs'].flatMap((name) => [`--${name}-dir`, join(folder, name)]);
  const { stdout } = await promisify(execFile)('certbot', [...words, '--non-interactive', ...folders], { env });
  return stdout;
}

const live = (file: string): string => join(folder, 'config/live/www.example.test', file);
const serial = (): string => new X509Certificate(readFileSync(live('cert.pem'))).serialNumber;

testWith('certbot', 'certbot registers, issues, renews and revokes, as the guide of ACM has it', async () => {
  const { keyId, macKey } = aws.binding;
  await certbot(
    ...['certonly', '--standalone', '--agree-tos', '--email', 'ops@example.test', '--no-eff-email'],
    ...['--server', aws.directoryUrl, `--eab-kid=${keyId}`, `--eab-hmac-key=${macKey}`],
    ...['--issuance-timeout', '120', '--key-type', 'ecdsa', '--domain', 'www.example.test'],
  );
  const first = serial();
  const leaf = new X509Certificate(readFileSync(live('cert.pem')));
  expect(leaf.subjectAltName).toBe('DNS:www.example.test');
  expect(readFileSync(live('fullchain.pem'), 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(2);

  await certbot('renew', '--force-renewal', '--no-random-sleep-on-renew', '--issuance-timeout', '120');
  expect(serial()).not.toBe(first);

  await certbot('revoke', '--cert-path', live('cert.pem'), '--server', aws.directoryUrl, '--no-delete-after-revoke');
  const { CertificateSummaryList } = await aws.acm.send(
    new ListCertificatesCommand({ CertificateKeyPairOrigins: ['ACME'], Includes: { keyTypes: ['EC_prime256v1'] } }),
  );
  expect(CertificateSummaryList).toMatchObject([{ DomainName: 'www.example.test', Status: 'REVOKED' }]);
});
