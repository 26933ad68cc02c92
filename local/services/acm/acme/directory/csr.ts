import 'reflect-metadata';
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { PublicKeyAlgorithm } from '@aws-sdk/client-acm';
import { Name, Pkcs10CertificateRequest, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { Problem } from './problem.ts';

export interface Csr {
  publicKey: KeyObject;
  keyAlgorithm: PublicKeyAlgorithm;
}

/** Hashes that no CA signs on any more. */
const WEAK_HASHES = ['SHA-1', 'MD5'];

/**
 * Reads the certificate signing request of a finalization, base64url of its DER.
 * Throws `badCSR` when it isn't one, is not signed by its own key, or asks for other names than the order.
 */
export async function readCsr(given: unknown, names: readonly string[]): Promise<Csr> {
  if (typeof given !== 'string') throw new Problem('malformed', 'The payload must have a csr');
  const request = parse(given);
  if (!(await verified(request))) throw new Problem('badCSR', 'The CSR is not signed by its own key');
  const hash = (request.signatureAlgorithm as { hash?: { name: string } }).hash?.name ?? '';
  if (WEAK_HASHES.includes(hash)) throw new Problem('badCSR', `The CSR is signed with ${hash}`);
  const asked = namesOf(request);
  const wanted = [...names].sort();
  if (asked.join() !== wanted.join()) {
    throw new Problem('badCSR', `The CSR is for ${asked.join(', ') || 'no name'}, the order for ${wanted.join(', ')}`);
  }
  const publicKey = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: 'der', type: 'spki' });
  return { publicKey, keyAlgorithm: keyAlgorithmOf(publicKey) };
}

function parse(given: string): Pkcs10CertificateRequest {
  try {
    return new Pkcs10CertificateRequest(Buffer.from(given, 'base64url'));
  } catch {
    throw new Problem('badCSR', 'The CSR cannot be read');
  }
}

async function verified(request: Pkcs10CertificateRequest): Promise<boolean> {
  try {
    return await request.verify();
  } catch {
    return false;
  }
}

/** The common name and the alternative names, lower case, each once and in order. */
function namesOf(request: Pkcs10CertificateRequest): string[] {
  const extension = request.extensions.find((one) => one instanceof SubjectAlternativeNameExtension);
  const alternatives = extension?.names.items ?? [];
  const other = alternatives.find(({ type }) => type !== 'dns');
  if (other) throw new Problem('badCSR', `The CSR asks for a name of the type "${other.type}"`);
  const common = new Name(request.subject).getField('CN');
  return [...new Set([...common, ...alternatives.map(({ value }) => value)].map((name) => name.toLowerCase()))].sort();
}

/** Source: ACM User Guide, "Condition key values for ACME issuance"; checked 2026-11-29. */
function keyAlgorithmOf({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): PublicKeyAlgorithm {
  const { modulusLength, namedCurve } = asymmetricKeyDetails;
  if (asymmetricKeyType === 'rsa' && modulusLength === 2048) return 'RSA_2048';
  if (namedCurve === 'prime256v1') return 'EC_prime256v1';
  if (namedCurve === 'secp384r1') return 'EC_secp384r1';
  const kind = asymmetricKeyType === 'rsa' ? `RSA ${modulusLength}` : (namedCurve ?? asymmetricKeyType);
  throw new Problem('badCSR', `Keys of the kind ${kind} are not supported: RSA_2048, EC_prime256v1, EC_secp384r1`);
}
