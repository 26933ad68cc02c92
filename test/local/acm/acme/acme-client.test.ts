import { X509Certificate } from 'node:crypto';
import {
  DescribeCertificateCommand,
  GetCertificateCommand,
  ListCertificatesCommand,
  PutAccountConfigurationCommand,
} from '@aws-sdk/client-acm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as acme from 'acme-client';
import { type AnEndpoint, anEndpoint } from './an-endpoint.ts';

let aws: AnEndpoint;

beforeEach(async () => {
  aws = await anEndpoint();
  Object.assign(acme.axios.defaults, { httpsAgent: aws.agent, proxy: false });
});
afterEach(() => aws.close());

async function aRegisteredClient(): Promise<acme.Client> {
  const { keyId, macKey } = aws.binding;
  const client = new acme.Client({
    directoryUrl: aws.directoryUrl,
    accountKey: await acme.crypto.createPrivateEcdsaKey(),
    externalAccountBinding: { kid: keyId, hmacKey: macKey },
  });
  await client.createAccount({ termsOfServiceAgreed: true, contact: ['mailto:ops@example.test'] });
  return client;
}

async function issue(client: acme.Client, ...names: string[]): Promise<string> {
  const order = await client.createOrder({ identifiers: names.map((value) => ({ type: 'dns', value })) });
  const authorizations = await client.getAuthorizations(order);
  expect(authorizations.map(({ status }) => status)).toEqual(names.map(() => 'valid'));
  const [, csr] = await acme.crypto.createCsr({ altNames: names }, await acme.crypto.createPrivateEcdsaKey());
  const finalized = await client.finalizeOrder(order, csr);
  await aws.clock.advance(121_000);
  return client.getCertificate(finalized);
}

const listed = async () => {
  const { CertificateSummaryList } = await aws.acm.send(
    new ListCertificatesCommand({ CertificateKeyPairOrigins: ['ACME'], Includes: { keyTypes: ['EC_prime256v1'] } }),
  );
  return CertificateSummaryList ?? [];
};

describe('the npm package acme-client against an ACME endpoint of ACM', () => {
  test('registers by its binding, orders without a challenge, and gets a chain that ends at the root', async () => {
    const client = await aRegisteredClient();
    const [leaf, ...chain] = acme.crypto.splitPemChain(await issue(client, 'www.example.test', '*.example.test'));
    const certificate = new X509Certificate(leaf ?? '');

    expect(certificate.subjectAltName).toBe('DNS:www.example.test, DNS:*.example.test');
    expect(chain).toHaveLength(1);
    expect(certificate.verify(new X509Certificate(chain[0] ?? '').publicKey)).toBe(true);
    expect(new X509Certificate(chain[0] ?? '').verify(new X509Certificate(aws.authority.rootPem).publicKey)).toBe(true);
  });

  test("its certificate is ACM's, without a key, for 45 days, listed only when asked for", async () => {
    const client = await aRegisteredClient();
    const pem = await issue(client, 'www.example.test');
    const [summary] = await listed();
    const CertificateArn = summary?.CertificateArn;
    const { Certificate } = await aws.acm.send(new DescribeCertificateCommand({ CertificateArn }));
    const { Certificate: got } = await aws.acm.send(new GetCertificateCommand({ CertificateArn }));
    const days = (new Date(Certificate?.NotAfter ?? 0).getTime() - aws.clock.now().getTime()) / 86_400_000;

    expect(Certificate).toMatchObject({
      Status: 'ISSUED',
      Type: 'AMAZON_ISSUED',
      CertificateKeyPairOrigin: 'ACME',
      AcmeEndpointArn: aws.endpointArn,
      RenewalEligibility: 'INELIGIBLE',
      InUseBy: [],
    });
    expect(Math.ceil(days)).toBe(45);
    expect(pem.startsWith(got ?? 'nothing')).toBe(true);
    expect((await aws.acm.send(new ListCertificatesCommand({}))).CertificateSummaryList).toEqual([]);
    expect(aws.certificates.find(CertificateArn ?? '', 'us-east-1')).toBeUndefined();
    await aws.acm.send(
      new PutAccountConfigurationCommand({ ExpiryEvents: { DaysBeforeExpiry: 40 }, IdempotencyToken: 'a' }),
    );
    await aws.clock.advance(44 * 86_400_000);
    expect(aws.events).toEqual([]);
    await aws.clock.advance(2 * 86_400_000);
    expect((await listed())[0]?.Status).toBe('EXPIRED');
  });

  test('renews under the same ARN, for the same account, names and key algorithm', async () => {
    const client = await aRegisteredClient();
    const first = await issue(client, 'www.example.test', 'example.test');
    await aws.clock.advance(30 * 86_400_000);
    const second = await issue(client, 'example.test', 'www.example.test');
    const other = await issue(client, 'www.example.test');

    expect(new X509Certificate(second).serialNumber).not.toBe(new X509Certificate(first).serialNumber);
    expect(other).not.toBe(second);
    expect(await listed()).toHaveLength(2);
  });

  test('revokes, and ACM says so', async () => {
    const client = await aRegisteredClient();
    const pem = await issue(client, 'www.example.test');
    await client.revokeCertificate(pem, { reason: 4 });
    const [summary] = await listed();

    expect(summary).toMatchObject({ Status: 'REVOKED', RevokedAt: aws.clock.now() });
    await aws.clock.advance(1_000);
    await expect(client.revokeCertificate(pem)).rejects.toThrow(/revoked/);
  });

  test('is told which CNAME is missing when it was removed after the validation', async () => {
    const client = await aRegisteredClient();
    aws.dns.delete(aws.record, 'CNAME');

    await expect(issue(client, 'www.example.test')).rejects.toThrow(
      /DNS CNAME records not found: \[_\w{32}\.example\.test\.\]/,
    );
  });
});
