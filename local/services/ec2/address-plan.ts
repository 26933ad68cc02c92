import { AwsError } from '../../wire/service.ts';
import { addressAt, type Cidr, covers, parseCidr } from './cidr.ts';

/** What AWS hands out publicly here: RFC 5737's TEST-NET-3 and RFC 3849's documentation prefix. */
const PUBLIC_POOL = '203.0.113.0/24';
const IPV6_POOL_START = 0x1f00;

/** The first four addresses of a subnet and its last are AWS's. Source: VPC User Guide, "Subnet sizing"; checked 2026-11-22. */
const RESERVED_FIRST = 4;
const RESERVED_LAST = 1;

/**
 * Who has which address. Public ones are handed out in turn, so that a released address isn't somebody else's the next
 * moment. Private ones are unique over all VPCs: the small internet is one flat space, where AWS's VPCs may overlap.
 */
export class AddressPlan {
  readonly #pool = block(PUBLIC_POOL);
  readonly #taken = new Set<string>();
  #lastPublic = 0;
  #ipv6Blocks = 0;

  /** Throws `InsufficientAddressCapacity` when all are out. */
  takePublic(): string {
    const size = Number(this.#pool.last - this.#pool.first) - 1;
    for (let turn = 1; turn <= size; turn++) {
      const offset = ((this.#lastPublic + turn - 1) % size) + 1;
      const address = addressAt(this.#pool, offset);
      if (this.#taken.has(address)) continue;
      this.#lastPublic = offset;
      this.#taken.add(address);
      return address;
    }
    throw new AwsError(
      'InsufficientAddressCapacity',
      'Not enough available addresses to satisfy your request. Please try again later.',
    );
  }

  /** The wanted address, or the first free one. Undefined when there is none. */
  takeFrom(subnet: Cidr, wanted?: string): string | undefined {
    const address = wanted === undefined ? this.#free(subnet).next().value : wanted;
    if (address === undefined || this.#taken.has(address)) return undefined;
    this.#taken.add(address);
    return address;
  }

  isTaken(address: string): boolean {
    return this.#taken.has(address);
  }

  release(address: string): void {
    this.#taken.delete(address);
  }

  /** An Amazon-provided /56 for a VPC. */
  takeIpv6Block(): Cidr {
    const count = ++this.#ipv6Blocks;
    const group = IPV6_POOL_START + (count >> 8);
    return block(`2001:db8:${group.toString(16)}:${((count & 255) << 8).toString(16)}::/56`);
  }

  /** How many addresses of an IPv4 subnet are left. */
  freeIn(subnet: Cidr): number {
    const size = Number(subnet.last - subnet.first) + 1;
    const taken = [...this.#taken].filter((address) => covers(subnet, address));
    return size - RESERVED_FIRST - RESERVED_LAST - taken.length;
  }

  *#free(subnet: Cidr): Generator<string, undefined> {
    const size = Number(subnet.last - subnet.first) + 1;
    for (let offset = RESERVED_FIRST; offset < size - RESERVED_LAST; offset++) {
      const address = addressAt(subnet, offset);
      if (!this.#taken.has(address)) yield address;
    }
    return undefined;
  }
}

/** Whether AWS keeps that address of the subnet for itself. */
export const isReserved = (subnet: Cidr, address: string): boolean =>
  [0, 1, 2, 3].some((offset) => addressAt(subnet, offset) === address) ||
  addressAt(subnet, Number(subnet.last - subnet.first)) === address;

function block(text: string): Cidr {
  const cidr = parseCidr(text);
  if (!cidr) throw new RangeError(`Cannot plan addresses: "${text}" is not a CIDR block`);
  return cidr;
}
