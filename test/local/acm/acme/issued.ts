import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import * as acme from 'acme-client';
import { aClient } from './a-client.ts';
import type { AnEndpoint } from './an-endpoint.ts';

/** Base64url of the DER of a certificate signing request with a new P-256 key, or with the one given. */
export async function csrFor(names: string[], key?: Buffer): Promise<string> {
  const [, csr] = await acme.crypto.createCsr({ altNames: names }, key ?? (await acme.crypto.createPrivateEcdsaKey()));
  return Buffer.from(csr.toString().replace(/-----[^-]+-----|\s/g, ''), 'base64').toString('base64url');
}

/** The ARNs of what ACME clients got with P-256 keys. */
export async function arnsOfIssued({ acm }: Pick<AnEndpoint, 'acm'>): Promise<string[]> {
  const { CertificateSummaryList = [] } = await acm.send(
    new ListCertificatesCommand({ CertificateKeyPairOrigins: ['ACME'], Includes: { keyTypes: ['EC_prime256v1'] } }),
  );
  return CertificateSummaryList.flatMap(({ CertificateArn }) => CertificateArn ?? []);
}

/** Issues a certificate to a new account; the ARN that ACM gives it. */
export async function issue(aws: AnEndpoint, name: string): Promise<string> {
  const before = await arnsOfIssued(aws);
  const client = await aClient(aws);
  await client.register(aws.binding);
  const order = await client.order(name);
  await client.post(String(order.body.finalize), { csr: await csrFor([name]) });
  await aws.clock.advance(121_000);
  return (await arnsOfIssued(aws)).find((arn) => !before.includes(arn)) ?? '';
}
