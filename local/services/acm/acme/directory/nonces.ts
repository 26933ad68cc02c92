import { randomBytes } from 'node:crypto';
import type { Host } from '../../../../host.ts';

/** How long a nonce is good, and how many are remembered; AWS says neither, and clients must bear any answer. */
const GOOD_FOR_MS = 3_600_000;
const REMEMBERED = 10_000;

/** The anti-replay nonces of an endpoint (RFC 8555, section 6.5): each is good once. */
export class Nonces {
  readonly #host: Host;
  readonly #givenAt = new Map<string, number>();

  constructor(host: Host) {
    this.#host = host;
  }

  give(): string {
    const nonce = randomBytes(16).toString('base64url');
    this.#givenAt.set(nonce, this.#host.clock.now().getTime());
    const [oldest] = this.#givenAt.keys();
    if (this.#givenAt.size > REMEMBERED && oldest !== undefined) this.#givenAt.delete(oldest);
    return nonce;
  }

  /** Whether the nonce is good; it no longer is afterwards. Now and then a good one is not known, and clients try again. */
  take(nonce: string): boolean {
    const givenAt = this.#givenAt.get(nonce);
    this.#givenAt.delete(nonce);
    const { clock, draws, lagShare = 0 } = this.#host;
    if (givenAt === undefined || clock.now().getTime() - givenAt > GOOD_FOR_MS) return false;
    return draws.fraction('acm:acme-nonce') >= lagShare;
  }
}
