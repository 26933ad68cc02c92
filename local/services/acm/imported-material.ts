import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { AwsError } from '../../wire/service.ts';
import { type Material, readMaterial } from './material.ts';

/** The three PEM texts of an import. */
export interface ImportedTexts {
  certificatePem: string;
  privateKeyPem: string;
  chainPem: string;
}

/**
 * Reads what is imported as ACM does: PEM only, one leaf, its key in plain text, in force, each certificate of the
 * chain certifying the one before it. Throws ValidationException.
 */
export function importedMaterial(texts: ImportedTexts, now: Date): Material {
  const [leafPem, second] = certificatesIn(texts.certificatePem, 'certificate');
  if (second !== undefined) {
    refuse(
      'The certificate field contains more than one certificate. You can specify only one certificate in this field.',
    );
  }
  const leaf = parse(leafPem ?? '', 'certificate');
  const key = readKey(texts.privateKeyPem);
  if (!leaf.checkPrivateKey(key)) refuse('The private key does not match the public key of the certificate.');
  const chain = certificatesIn(texts.chainPem, 'certificate chain').map((pem) => parse(pem, 'certificate chain'));
  refuseBrokenChain(leaf, chain);
  const material = readMaterial({
    certificatePem: leaf.toString(),
    chainPem: chain.map(String).join(''),
    privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
  if (now < material.notBefore) refuse('The certificate is not in effect yet, is not valid.');
  if (now > material.notAfter) refuse('The certificate has expired, is not valid.');
  return material;
}

const BLOCK = /-{5}BEGIN CERTIFICATE-{5}\r?\n[A-Za-z0-9/+=\r\n]+-{5}END CERTIFICATE-{5}/g;

function certificatesIn(text: string, what: string): string[] {
  const found = text.match(BLOCK) ?? [];
  if (text.replace(BLOCK, '').trim() !== '') refuse(`The ${what} is not PEM-encoded or is not valid.`);
  return found;
}

function parse(pem: string, what: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    if (isCryptoError(error)) refuse(`The ${what} is not PEM-encoded or is not valid.`);
    throw error;
  }
}

function readKey(pem: string): KeyObject {
  if (pem.includes('ENCRYPTED')) refuse('The private key is not supported.');
  try {
    return createPrivateKey(pem);
  } catch (error) {
    if (isCryptoError(error)) refuse('The private key is not PEM-encoded or is not valid.');
    throw error;
  }
}

/** OpenSSL's and Node's refusals to read a text. */
const isCryptoError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && /^ERR_(OSSL|CRYPTO)/.test(String(error.code));

function refuseBrokenChain(leaf: X509Certificate, chain: X509Certificate[]): void {
  if (chain.length === 0) {
    if (certifies(leaf, leaf)) return;
    refuse(
      'Provided certificate is not a valid self signed. Please provide either a valid self-signed certificate or certificate chain.',
    );
  }
  const links = [leaf, ...chain];
  const broken = chain.some((issuer, index) => {
    const certified = links[index];
    return !certified || issuer.fingerprint256 === leaf.fingerprint256 || !certifies(issuer, certified);
  });
  if (broken) refuse('Could not validate the certificate with the certificate chain.');
}

const certifies = (issuer: X509Certificate, certified: X509Certificate): boolean =>
  certified.issuer === issuer.subject && certified.verify(issuer.publicKey);

function refuse(message: string): never {
  throw new AwsError('ValidationException', message);
}
