import { coversName } from '../aliases/names.ts';
import type { CompleteConfig, Distribution } from '../distributions/distribution.ts';
import { EdgeCache } from './cache.ts';

interface Location {
  /** As X-Amz-Cf-Pop has it. */
  pop: string;
  index: number;
}

/** Four edge locations stand for the hundreds that there are. */
export const EDGE_LOCATIONS: readonly Location[] = ['IAD55-P1', 'FRA60-P4', 'NRT57-P2', 'GRU3-P1'].map(
  (pop, index) => ({
    pop,
    index,
  }),
);

/** How many addresses each location has: 198.51.100.128 to .255 together. A distribution more shares one. */
const ADDRESSES = 32;
/** The last of them is for distributions of other accounts. */
const OWN_ADDRESSES = ADDRESSES - 1;

/** Where edge locations connect to origins from: 198.51.100.112/28, which is what the managed prefix list says. */
export const ORIGIN_FACING = { ipv4: '198.51.100.112/28', ipv6: '2001:db8:cf:f::/64' } as const;

/** A distribution as an edge location has it: the change that arrived last. */
export interface Served {
  distribution: Distribution;
  config: CompleteConfig;
  etag: string;
  version: number;
}

/** A point of presence: it serves what has arrived there, whatever the control plane shows. */
export class EdgeLocation {
  readonly pop: string;
  /** Where it connects to origins from. */
  readonly originFacing: { ipv4: string; ipv6: string };
  readonly #index: number;
  readonly cache = new EdgeCache();
  readonly #served = new Map<string, Served>();

  constructor({ pop, index }: Location) {
    this.pop = pop;
    this.#index = index;
    this.originFacing = { ipv4: `198.51.100.${112 + index}`, ipv6: `2001:db8:cf:f::${index + 1}` };
  }

  /** The addresses of the distribution that was created as the `order`th; any answers for every distribution. */
  addressesFor(order: number): { ipv4: string; ipv6: string } {
    const ipv4 = `198.51.100.${128 + this.#index * ADDRESSES + (order % OWN_ADDRESSES)}`;
    return { ipv4, ipv6: `2001:db8:cf:${this.#index}::${(order + 1).toString(16)}` };
  }

  /** Where the names of other accounts' distributions lead to. */
  get sharedAddresses(): { ipv4: string; ipv6: string } {
    return {
      ipv4: `198.51.100.${128 + this.#index * ADDRESSES + OWN_ADDRESSES}`,
      ipv6: `2001:db8:cf:${this.#index}::ffff`,
    };
  }

  /** A change arrives; one that was overtaken counts for nothing. */
  accept(served: Served): void {
    const before = this.#served.get(served.distribution.id);
    if (before && before.version > served.version) return;
    this.#served.set(served.distribution.id, served);
  }

  forget({ id }: Distribution): void {
    this.#served.delete(id);
  }

  /**
   * The distribution that answers for a name: its own name, then an exact alias, then a wildcard. Where the name's DNS leads to
   * plays no part. Undefined when there is none, or it is disabled.
   */
  distributionFor(name: string): Served | undefined {
    const host = name.toLowerCase();
    const enabled = [...this.#served.values()].filter(({ config }) => config.Enabled);
    const having = (matches: (alias: string) => boolean) =>
      enabled.find(({ config }) => config.Aliases.Items?.some(matches));
    return (
      enabled.find(({ distribution }) => distribution.domainName === host) ??
      having((alias) => alias === host) ??
      having((alias) => coversName(alias, host))
    );
  }
}
