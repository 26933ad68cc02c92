import type { JWK } from 'jose';
import { Problem } from './problem.ts';

const RSA_BITS = { min: 2048, max: 4096 };
const CURVES = ['P-256', 'P-384', 'P-521'];

/** The public key in a protected header. Throws `badPublicKey` for one that no account may have. */
export function checkPublicKey(given: unknown): JWK {
  if (typeof given !== 'object' || given === null) throw new Problem('malformed', 'The jwk is not a JSON object');
  const { kty, n, e, crv, x, y, d } = given as Record<string, unknown>;
  if (d !== undefined) throw new Problem('badPublicKey', 'The jwk has a private key in it');
  if (kty === 'RSA' && typeof n === 'string' && typeof e === 'string') {
    const bits = Buffer.from(n, 'base64url').length * 8;
    if (bits >= RSA_BITS.min && bits <= RSA_BITS.max) return { kty, n, e };
    throw new Problem('badPublicKey', `An RSA key must have ${RSA_BITS.min} to ${RSA_BITS.max} bits`);
  }
  if (kty === 'EC' && typeof crv === 'string' && typeof x === 'string' && typeof y === 'string') {
    if (CURVES.includes(crv)) return { kty, crv, x, y };
    throw new Problem('badPublicKey', `The curve "${crv}" is not supported: use one of ${CURVES.join(', ')}`);
  }
  throw new Problem('badPublicKey', 'The key must be an RSA or an EC key');
}
