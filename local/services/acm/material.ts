import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import type { ExtendedKeyUsage, ExtendedKeyUsageName, KeyAlgorithm, KeyUsage, KeyUsageName } from '@aws-sdk/client-acm';
import {
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as ParsedCertificate,
} from '@peculiar/x509';

/** What a certificate says of itself, read from its own bytes, beside the PEM texts it consists of. */
export interface Material {
  certificatePem: string;
  /** Empty for a self-signed certificate that was imported alone. */
  chainPem: string;
  privateKeyPem: string;
  /** "0a:1b:…" */
  serial: string;
  /** "CN=shop.example.test" */
  subject: string;
  issuer: string;
  notBefore: Date;
  notAfter: Date;
  /** Undefined for a key that ACM doesn't know. */
  keyAlgorithm: KeyAlgorithm | undefined;
  /** "SHA256WITHRSA" */
  signatureAlgorithm: string;
  keyUsages: KeyUsage[];
  extendedKeyUsages: ExtendedKeyUsage[];
  /** The common name first, then the alternative names that differ from it. */
  names: string[];
}

/** Reads a certificate. Throws what OpenSSL throws when the text isn't one. */
export function readMaterial(pems: Pick<Material, 'certificatePem' | 'chainPem' | 'privateKeyPem'>): Material {
  const certificate = new X509Certificate(pems.certificatePem);
  const parsed = new ParsedCertificate(certificate.raw);
  return {
    ...pems,
    serial: (certificate.serialNumber.toLowerCase().match(/../g) ?? []).join(':'),
    subject: subjectOf(certificate).split('\n').toReversed().join(', '),
    issuer: attribute(certificate.issuer, 'O') ?? attribute(certificate.issuer, 'CN') ?? '',
    notBefore: parsed.notBefore,
    notAfter: parsed.notAfter,
    keyAlgorithm: keyAlgorithmOf(certificate),
    signatureAlgorithm: signatureAlgorithmOf(parsed),
    keyUsages: keyUsagesOf(parsed),
    extendedKeyUsages: extendedKeyUsagesOf(parsed),
    names: namesOf(certificate),
  };
}

/** Empty for a certificate whose names are alternative names alone: Node has no subject then, though its types do. */
const subjectOf = (certificate: X509Certificate): string => (certificate.subject as string | undefined) ?? '';

const attribute = (name: string, type: string): string | undefined =>
  name
    .split('\n')
    .find((line) => line.startsWith(`${type}=`))
    ?.slice(type.length + 1);

function keyAlgorithmOf({ publicKey }: X509Certificate): KeyAlgorithm | undefined {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  if (publicKey.asymmetricKeyType === 'rsa') return RSA.find((name) => name === `RSA_${modulusLength}`);
  return EC.find((name) => name === `EC_${namedCurve}`);
}

const RSA: KeyAlgorithm[] = ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096'];
const EC: KeyAlgorithm[] = ['EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'];

function signatureAlgorithmOf({ signatureAlgorithm }: ParsedCertificate): string {
  const { name, hash } = signatureAlgorithm as { name: string; hash?: { name: string } };
  return `${(hash?.name ?? '').replace('-', '')}WITH${name.startsWith('RSA') ? 'RSA' : name}`.toUpperCase();
}

const KEY_USAGES: [KeyUsageFlags, KeyUsageName][] = [
  [KeyUsageFlags.digitalSignature, 'DIGITAL_SIGNATURE'],
  [KeyUsageFlags.nonRepudiation, 'NON_REPUDIATION'],
  [KeyUsageFlags.keyEncipherment, 'KEY_ENCIPHERMENT'],
  [KeyUsageFlags.dataEncipherment, 'DATA_ENCIPHERMENT'],
  [KeyUsageFlags.keyAgreement, 'KEY_AGREEMENT'],
  [KeyUsageFlags.keyCertSign, 'CERTIFICATE_SIGNING'],
  [KeyUsageFlags.cRLSign, 'CRL_SIGNING'],
  [KeyUsageFlags.encipherOnly, 'ENCIPHER_ONLY'],
  [KeyUsageFlags.decipherOnly, 'DECIPHER_ONLY'],
];

function keyUsagesOf(parsed: ParsedCertificate): KeyUsage[] {
  const usages = parsed.getExtension(KeyUsagesExtension)?.usages ?? 0;
  return KEY_USAGES.filter(([flag]) => usages & flag).map(([, Name]) => ({ Name }));
}

const EXTENDED_KEY_USAGES: Record<string, ExtendedKeyUsageName> = {
  '1.3.6.1.5.5.7.3.1': 'TLS_WEB_SERVER_AUTHENTICATION',
  '1.3.6.1.5.5.7.3.2': 'TLS_WEB_CLIENT_AUTHENTICATION',
  '1.3.6.1.5.5.7.3.3': 'CODE_SIGNING',
  '1.3.6.1.5.5.7.3.4': 'EMAIL_PROTECTION',
  '1.3.6.1.5.5.7.3.8': 'TIME_STAMPING',
  '1.3.6.1.5.5.7.3.9': 'OCSP_SIGNING',
  '2.5.29.37.0': 'ANY',
};

function extendedKeyUsagesOf(parsed: ParsedCertificate): ExtendedKeyUsage[] {
  const usages = parsed.getExtension(ExtendedKeyUsageExtension)?.usages ?? [];
  return usages.map((usage) => ({ Name: EXTENDED_KEY_USAGES[String(usage)] ?? 'CUSTOM', OID: String(usage) }));
}

function namesOf(certificate: X509Certificate): string[] {
  const { subjectAltName = '' } = certificate;
  const alternatives = subjectAltName
    .split(', ')
    .filter((entry) => entry.startsWith('DNS:'))
    .map((entry) => entry.slice('DNS:'.length));
  const commonName = attribute(subjectOf(certificate), 'CN');
  return [...new Set(commonName === undefined ? alternatives : [commonName, ...alternatives])];
}
