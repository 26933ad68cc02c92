import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import type { Authority, CertificateOrder, IssuedCertificate } from '../../local/certificates/authority.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a TLS server is given. */
export interface ServerMaterial {
  /** The leaf and what is sent after it, PEM. */
  cert: string;
  key: string;
}

/** A good certificate for a day. */
export function aCertificate(authority: Authority, order: Partial<CertificateOrder> = {}): Promise<IssuedCertificate> {
  return authority.issue({
    names: ['shop.example.test'],
    keyAlgorithm: 'EC_prime256v1',
    notBefore: new Date(Date.now() - HOUR_MS),
    notAfter: new Date(Date.now() + DAY_MS),
    ...order,
  });
}

/** Ended an hour ago by the wall clock. */
export async function anExpiredCertificate(
  authority: Authority,
  names = ['shop.example.test'],
): Promise<IssuedCertificate> {
  const notBefore = new Date(Date.now() - DAY_MS);
  return aCertificate(authority, { names, notBefore, notAfter: new Date(Date.now() - HOUR_MS) });
}

/** Begins tomorrow by the wall clock. */
export async function aFutureCertificate(
  authority: Authority,
  names = ['shop.example.test'],
): Promise<IssuedCertificate> {
  const notBefore = new Date(Date.now() + DAY_MS);
  return aCertificate(authority, { names, notBefore, notAfter: new Date(Date.now() + 2 * DAY_MS) });
}

/** The whole chain as servers should send it: leaf, intermediate. */
export const inOrder = (issued: IssuedCertificate): ServerMaterial => ({
  cert: issued.certificatePem + blocks(issued.chainPem)[0],
  key: issued.privateKeyPem,
});

/** Leaf, root, intermediate: clients forgive it, CloudFront and ACM do not. */
export const inWrongOrder = (issued: IssuedCertificate): ServerMaterial => ({
  cert: issued.certificatePem + blocks(issued.chainPem).toReversed().join(''),
  key: issued.privateKeyPem,
});

/** The leaf alone: clients that don't know the intermediate cannot verify it. */
export const withoutIntermediate = (issued: IssuedCertificate): ServerMaterial => ({
  cert: issued.certificatePem,
  key: issued.privateKeyPem,
});

/** What `openssl req -x509` makes. Good for a day unless said otherwise. */
export async function aSelfSignedCertificate(
  names = ['shop.example.test'],
  { notBefore = new Date(Date.now() - HOUR_MS), notAfter = new Date(Date.now() + DAY_MS) } = {},
): Promise<ServerMaterial> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [names[0] ?? ''] }],
    notBefore,
    notAfter,
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value }))),
    ],
  });
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** The PEM blocks of a text, each ending in a newline. */
export const blocks = (pem: string): string[] =>
  [...pem.matchAll(/-{5}BEGIN [^-]+-{5}[^-]+-{5}END [^-]+-{5}/g)].map(([block]) => `${block}\n`);
