import { createPrivateKey, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Authority, type IssuedCertificate } from '../../../local/certificates/authority.ts';
import { aCertificate, aSelfSignedCertificate, blocks } from '../../support/certificates.ts';
import { anAcm, START } from './an-acm.ts';

let authority: Authority;
let issued: IssuedCertificate;

const notBefore = new Date(START.getTime() - 86_400_000);
const notAfter = new Date(START.getTime() + 90 * 86_400_000);

beforeAll(async () => {
  authority = await Authority.create();
  issued = await aCertificate(authority, { notBefore, notAfter });
});

type Acm = Awaited<ReturnType<typeof anAcm>>;

async function importInto(acm: Acm, material: Partial<IssuedCertificate>, more: object = {}): Promise<string> {
  const { certificatePem, chainPem, privateKeyPem } = { ...issued, ...material };
  const { CertificateArn } = await acm.call<{ CertificateArn: string }>('ImportCertificate', {
    Certificate: Buffer.from(certificatePem),
    PrivateKey: Buffer.from(privateKeyPem),
    ...(chainPem ? { CertificateChain: Buffer.from(chainPem) } : {}),
    ...more,
  });
  return CertificateArn;
}

describe('ImportCertificate', () => {
  test('A20: takes a certificate whose names are alternative names alone, without a subject', async () => {
    const acm = await anAcm();
    const name = `${'a'.repeat(60)}.shop.example.test`;
    const arn = await importInto(acm, await aCertificate(authority, { names: [name], notBefore, notAfter }));

    expect(await acm.describe(arn)).toMatchObject({ DomainName: name, Subject: '' });
  });

  test('takes a good certificate, which can be served at once and is never renewed', async () => {
    const acm = await anAcm();
    const arn = await importInto(acm, {}, { Tags: [{ Key: 'a', Value: 'b' }] });

    expect(await acm.describe(arn)).toMatchObject({
      Type: 'IMPORTED',
      Status: 'ISSUED',
      DomainName: 'shop.example.test',
      KeyAlgorithm: 'EC_prime256v1',
      SignatureAlgorithm: 'SHA256WITHECDSA',
      RenewalEligibility: 'INELIGIBLE',
      CertificateKeyPairOrigin: 'CUSTOMER_PROVIDED',
    });
    expect(acm.certificates.find(arn, 'us-east-1')).toMatchObject({ domains: ['shop.example.test'], notAfter });
    expect(acm.events).toMatchObject([{ detail: { Action: 'IMPORT', CertificateType: 'IMPORTED' } }]);
    acm.certificates.use(arn, 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/1');
    await acm.clock.advance(91 * 86_400_000);

    expect((await acm.describe(arn)).Status).toBe('EXPIRED');
    const types = acm.events.map((event) => event.detailType);
    expect(types.filter((type) => type === 'ACM Certificate Approaching Expiration')).toHaveLength(45);
    expect(types).not.toContain('ACM Certificate Expired');
  });

  test('takes a self-signed certificate without a chain', async () => {
    const acm = await anAcm();
    const { cert, key } = await aSelfSignedCertificate(['shop.example.test'], { notBefore, notAfter });
    const arn = await importInto(acm, { certificatePem: cert, privateKeyPem: key, chainPem: '' });

    expect((await acm.describe(arn)).Status).toBe('ISSUED');
  });

  test.each<[string, () => Promise<Partial<IssuedCertificate>>, RegExp]>([
    [
      'the leaf inside the chain',
      async () => ({ chainPem: issued.certificatePem + issued.chainPem }),
      /Could not validate the certificate with the certificate chain/,
    ],
    [
      'a chain in the wrong order',
      async () => ({ chainPem: blocks(issued.chainPem).toReversed().join('') }),
      /Could not validate the certificate with the certificate chain/,
    ],
    [
      'the chain of another authority',
      async () => ({ chainPem: (await aCertificate(await Authority.create())).chainPem }),
      /Could not validate the certificate with the certificate chain/,
    ],
    ['no chain', async () => ({ chainPem: '' }), /Provided certificate is not a valid self signed/],
    [
      'the chain in the certificate field',
      async () => ({ certificatePem: issued.certificatePem + issued.chainPem }),
      /The certificate field contains more than one certificate/,
    ],
    [
      'DER',
      async () => ({ certificatePem: new X509Certificate(issued.certificatePem).raw.toString('latin1') }),
      /The certificate is not PEM-encoded or is not valid/,
    ],
    [
      'an encrypted key',
      async () => ({
        privateKeyPem: createPrivateKey(issued.privateKeyPem)
          .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
          .toString(),
      }),
      /The private key is not supported/,
    ],
    [
      'a key that is none',
      async () => ({ privateKeyPem: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n' }),
      /The private key is not PEM-encoded or is not valid/,
    ],
    [
      "another certificate's key",
      async () => ({ privateKeyPem: (await aCertificate(authority)).privateKeyPem }),
      /does not match/,
    ],
    [
      'a certificate that has expired',
      () => aCertificate(authority, { notBefore, notAfter: new Date(START.getTime() - 1000) }),
      /The certificate has expired/,
    ],
    [
      'a certificate that is not yet valid',
      () => aCertificate(authority, { notBefore: new Date(START.getTime() + 60_000), notAfter }),
      /The certificate is not in effect yet/,
    ],
  ])('A20: refuses %s', async (_, wrong, message) => {
    const acm = await anAcm();

    await expect(importInto(acm, await wrong())).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(message),
    });
    expect(acm.events).toEqual([]);
  });

  test('replaces what was imported under the same ARN', async () => {
    const acm = await anAcm();
    const arn = await importInto(acm, {});
    const next = await aCertificate(authority, { names: ['www.example.test'], notBefore, notAfter });
    expect(await importInto(acm, next, { CertificateArn: arn })).toBe(arn);

    expect(await acm.describe(arn)).toMatchObject({
      DomainName: 'www.example.test',
      Serial: next.serial.match(/../g)?.join(':'),
    });
    expect(acm.events.at(-1)).toMatchObject({ detail: { Action: 'REIMPORT' } });
  });

  test('A20: a replacement adds no KeyUsage, changes no algorithm, carries no tags, and replaces only imports', async () => {
    const acm = await anAcm();
    const { cert, key } = await aSelfSignedCertificate(['shop.example.test'], { notBefore, notAfter });
    const bare = await importInto(acm, { certificatePem: cert, privateKeyPem: key, chainPem: '' });
    const arn = await importInto(acm, {});
    const requested = await acm.issued();
    const other = await aCertificate(authority, { keyAlgorithm: 'EC_secp384r1', notBefore, notAfter });

    await expect(importInto(acm, {}, { CertificateArn: bare })).rejects.toThrow(/KeyUsage/);
    await expect(importInto(acm, other, { CertificateArn: arn })).rejects.toThrow(/key algorithm/);
    await expect(importInto(acm, {}, { CertificateArn: arn, Tags: [{ Key: 'a' }] })).rejects.toThrow(
      'Tagging is not permitted on re-import.',
    );
    await expect(importInto(acm, {}, { CertificateArn: requested })).rejects.toThrow(/not imported/);
  });
});
