import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ACMClient,
  DescribeCertificateCommand,
  ExportCertificateCommand,
  type ExportCertificateResponse,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import { describe, expect, test } from '@jest/globals';
import { Authority } from '../../../local/certificates/authority.ts';
import { createAcm } from '../../../local/services/acm/service.ts';
import { awsCli, describeWithAwsCli } from '../../support/aws-cli.ts';
import { aFront } from '../../support/front.ts';
import { anAcm, FewRecords } from './an-acm.ts';

const EXPORT = { Options: { Export: 'ENABLED' } } as const;
const DAY_MS = 86_400_000;
const PASSPHRASE = 'correct horse';

type Acm = Awaited<ReturnType<typeof anAcm>>;

const exported = (acm: Acm, CertificateArn: string, passphrase = PASSPHRASE): Promise<ExportCertificateResponse> =>
  acm.call('ExportCertificate', { CertificateArn, Passphrase: Buffer.from(passphrase, 'latin1') });

/** Whether the exported key is that of the exported certificate. */
function fits({ Certificate = '', PrivateKey = '' }: ExportCertificateResponse, passphrase = PASSPHRASE): boolean {
  return new X509Certificate(Certificate).checkPrivateKey(createPrivateKey({ key: PrivateKey, passphrase }));
}

describe('ExportCertificate', () => {
  test.each(['RSA_2048', 'EC_prime256v1'] as const)(
    'gives certificate, chain and the encrypted %s key',
    async (KeyAlgorithm) => {
      const acm = await anAcm();
      const arn = await acm.issued({ ...EXPORT, KeyAlgorithm });
      const answer = await exported(acm, arn);
      expect(answer.PrivateKey).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
      expect(fits(answer)).toBe(true);
      expect(() => fits(answer, 'wrong')).toThrow();
      const [leaf, issuer] = [answer.Certificate, answer.CertificateChain].map((pem = '') => new X509Certificate(pem));
      expect(issuer && leaf?.checkIssued(issuer)).toBe(true);
    },
  );

  test('is refused while the certificate is pending', async () => {
    const acm = await anAcm();
    const arn = await acm.request(EXPORT);
    await acm.clock.advance(5_000);
    await expect(exported(acm, arn)).rejects.toMatchObject({ code: 'RequestInProgressException' });
  });

  test('is refused for one that was not requested so, issued or not', async () => {
    const acm = await anAcm();
    const pending = await acm.request();
    const arn = await acm.issued({ DomainName: 'www.example.test' });
    for (const each of [pending, arn]) {
      await expect(exported(acm, each)).rejects.toMatchObject({ code: 'ValidationException' });
    }
    await expect(acm.call('UpdateCertificateOptions', { CertificateArn: arn, ...EXPORT })).rejects.toMatchObject({
      code: 'InvalidStateException',
    });
  });

  test.each([
    ['of 3 bytes', 'abc', 'greater than or equal to 4'],
    ['of 129 bytes', 'a'.repeat(129), 'less than or equal to 128'],
    ['with #', 'abc#', 'ASCII characters other than'],
    ['with $', 'a$bc', 'ASCII characters other than'],
    ['with %', '%abc', 'ASCII characters other than'],
    ['beyond ASCII', 'pässword', 'ASCII characters other than'],
  ])('refuses a passphrase %s', async (_, passphrase, words) => {
    const acm = await anAcm();
    const arn = await acm.issued(EXPORT);
    await expect(exported(acm, arn, passphrase)).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining(words),
    });
    await expect(acm.call('ExportCertificate', { CertificateArn: arn })).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });

  test('keeps the certificate eligible for one renewal, which has to be exported again', async () => {
    const acm = await anAcm();
    const arn = await acm.issued(EXPORT);
    const [listed] =
      (await acm.list({ Includes: { exportOption: 'ENABLED', keyTypes: ['EC_prime256v1'] } })).CertificateSummaryList ??
      [];
    expect(listed).toMatchObject({ ExportOption: 'ENABLED', Exported: false, RenewalEligibility: 'INELIGIBLE' });
    expect(await acm.describe(arn)).toMatchObject({ Options: { Export: 'ENABLED' }, RenewalEligibility: 'INELIGIBLE' });
    const first = await exported(acm, arn);
    expect((await acm.describe(arn)).RenewalEligibility).toBe('ELIGIBLE');
    await acm.clock.advance(154 * DAY_MS);
    expect(await acm.describe(arn)).toMatchObject({
      RenewalSummary: { RenewalStatus: 'SUCCESS' },
      RenewalEligibility: 'INELIGIBLE',
    });
    expect(acm.events.findLast(({ detailType }) => detailType === 'ACM Certificate Available')?.detail).toMatchObject({
      Action: 'RENEWAL',
      InUse: false,
      Exported: true,
    });
    const second = await exported(acm, arn);
    expect(fits(second)).toBe(true);
    expect(second.Certificate).not.toBe(first.Certificate);
    expect((await acm.describe(arn)).RenewalEligibility).toBe('ELIGIBLE');
  });

  test('is not renewed unless it was exported', async () => {
    const acm = await anAcm();
    const arn = await acm.issued(EXPORT);
    await acm.clock.advance(199 * DAY_MS);
    expect((await acm.describe(arn)).Status).toBe('EXPIRED');
    await expect(exported(acm, arn)).rejects.toMatchObject({ code: 'ValidationException' });
  });
});

/** An ACM on the wire with a certificate that is issued. */
async function onTheWire() {
  const dns = new FewRecords();
  const authority = await Authority.create();
  const aws = await aFront({ services: (host) => [createAcm(host, { authority, resolve: dns.resolve }).service] });
  const acm = aws.client(ACMClient);
  const { CertificateArn: arn = '' } = await acm.send(
    new RequestCertificateCommand({ DomainName: 'shop.example.test', ValidationMethod: 'DNS', ...EXPORT }),
  );
  await aws.clock.advance(10_000);
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
  const record = Certificate?.DomainValidationOptions?.[0]?.ResourceRecord;
  dns.set(record?.Name ?? '', 'CNAME', record?.Value);
  await aws.clock.advance(120_000);
  return { aws, arn };
}

test('a role may export only for the names its policy says', async () => {
  const { aws, arn } = await onTheWire();
  const credentials = (name: string) =>
    aws.role({
      Effect: 'Allow',
      Action: 'acm:ExportCertificate',
      Resource: '*',
      Condition: { 'ForAllValues:StringEquals': { 'acm:DomainNames': [name] } },
    });
  const command = () => new ExportCertificateCommand({ CertificateArn: arn, Passphrase: Buffer.from(PASSPHRASE) });
  const answer = await aws.client(ACMClient, { credentials: credentials('shop.example.test') }).send(command());
  expect(fits(answer)).toBe(true);
  await expect(
    aws.client(ACMClient, { credentials: credentials('other.example.test') }).send(command()),
  ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await aws.close();
});

describeWithAwsCli('the AWS CLI', () => {
  test('exports by a passphrase of a file, and OpenSSL decrypts the key by it', async () => {
    const { aws, arn } = await onTheWire();
    const folder = mkdtempSync(join(tmpdir(), 'export-'));
    const [passphrase, key] = [join(folder, 'passphrase'), join(folder, 'key.pem')];
    writeFileSync(passphrase, 'a1'.repeat(32));
    const answer = (await awsCli(
      aws.url,
      ...['acm', 'export-certificate', '--certificate-arn', arn, '--passphrase', `fileb://${passphrase}`],
    )) as ExportCertificateResponse;
    writeFileSync(key, answer.PrivateKey ?? '');
    const PrivateKey = execFileSync('openssl', ['pkey', '-in', key, '-passin', `file:${passphrase}`], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect(PrivateKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(fits({ ...answer, PrivateKey })).toBe(true);
    await aws.close();
  });
});
