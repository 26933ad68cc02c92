import type { CertificateSeen } from '../seen.ts';

type Key = CertificateSeen['key'];

/** Source: NIST SP 800-57 and CA/Browser Forum Baseline Requirements, section 6.1.5; checked 2026-11-29. */
const LEAST_BITS = { rsa: 2048, 'rsa-pss': 2048, dsa: 2048 } as Record<string, number>;

/** Curves below 256 bits that OpenSSL knows by these names. */
const WEAK_CURVE = /^(sec[pt]|prime|c2\w*|brainpoolP)(1\d\d|2[0-4]\d)/;

/**
 * The curves of CloudFront towards an origin; the certificate's key must be on one of them as well (RFC 8422, section 5.1.1).
 * Source: CloudFront Developer Guide, "Supported protocols and ciphers between CloudFront and the origin", checked 2026-11-29.
 */
const USUAL_CURVES = ['prime256v1', 'secp384r1'];

/** Names of curves as people know them. */
const CURVES: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

/** Whether a key is too short for every client. */
export function isWeakKey({ type, bits, curve = '' }: Key): boolean {
  const least = LEAST_BITS[type];
  return (least !== undefined && (bits ?? least) < least) || WEAK_CURVE.test(curve);
}

/** Whether a key is strong, and of a kind that some clients do not know: neither RSA nor on P-256 or P-384. */
export function isUnusualKey(key: Key): boolean {
  if (isWeakKey(key)) return false;
  return key.curve === undefined ? key.type !== 'rsa' : !USUAL_CURVES.includes(key.curve);
}

/** "ECDSA P-256", "RSA 2048" */
export function keyInWords({ type, bits, curve }: Key): string {
  if (curve !== undefined) return `ECDSA ${CURVES[curve] ?? curve}`;
  return bits === undefined ? type : `${type.toUpperCase()} ${bits}`;
}
