import { randomBytes } from 'node:crypto';
import { numbered } from '../../domain/distributions/origin-header.ts';

/** Bytes of the secret that opens the origin: 256 bits, as hex, since a listener rule compares without regard to case. */
const SECRET_BYTES = 32;

/** A new secret with its number. */
export function newSecret(generation: number): string {
  return numbered(generation, randomBytes(SECRET_BYTES).toString('hex'));
}
