import { Resolver } from '../local/dns/resolver.ts';
import type { LocalAws } from '../local/local-aws.ts';

/** Where the resolvers of viewers ask from. */
const RESOLVERS = '198.51.100.9';

/**
 * The addresses that some resolver in the world may still answer with for a name: all that its name servers have said within the
 * TTL. A single resolver asks again at a time of its own, and may miss how long another one remembers.
 */
export class RememberedAddresses {
  readonly #clock: LocalAws['clock'];
  readonly #fresh: Resolver;
  /** By name and type: until when an address is remembered. */
  readonly #until = new Map<string, Map<string, number>>();

  constructor({ internet, clock }: Pick<LocalAws, 'internet' | 'clock'>) {
    this.#clock = clock;
    this.#fresh = new Resolver({ internet, clock, from: RESOLVERS, remembers: false });
  }

  /** Asks the name servers once more. */
  async of(name: string, wanted: 'A' | 'AAAA'): Promise<string[]> {
    const { answers } = await this.#fresh.resolve(name, wanted);
    const now = this.#clock.now().getTime();
    const key = `${name} ${wanted}`;
    const known = this.#until.get(key) ?? new Map<string, number>();
    this.#until.set(key, known);
    for (const { type, data, ttl = 0 } of answers) {
      if (type === wanted) known.set(String(data), now + ttl * 1_000);
    }
    for (const [address, until] of known) if (until <= now) known.delete(address);
    return [...known.keys()];
  }
}
