import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** The key algorithms that certificates are issued for, as ACM's API names them. */
export type IssuedKeyAlgorithm = 'RSA_2048' | 'EC_prime256v1' | 'EC_secp384r1';

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** Makes a key pair. RSA takes some 100 ms and does so off the main thread; the curves take about one. */
export function makeKeyPair(algorithm: IssuedKeyAlgorithm): Promise<KeyPair> {
  if (algorithm === 'RSA_2048') return generate('rsa', { modulusLength: 2048 });
  return generate('ec', { namedCurve: algorithm === 'EC_prime256v1' ? 'prime256v1' : 'secp384r1' });
}
