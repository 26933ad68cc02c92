import { isIpv4, isIpv6 } from '../addresses.ts';

/** A CIDR block in its one spelling, or what is wrong with it. */
export type Cidr = { cidr: string; problem?: never } | { cidr?: never; problem: string };

const FAMILIES = {
  4: { bits: 32, example: '203.0.113.7/32' },
  6: { bits: 128, example: '2001:db8::/64' },
};

/**
 * Reads a CIDR block: "203.0.113.0/24", "2001:db8::/32". IPv6 comes back in the spelling of RFC 5952. An address inside
 * a network is refused with the network's own: EC2 would silently take the network for it.
 */
export function readCidr(typed: string): Cidr {
  const [address = '', length, ...rest] = typed.split('/');
  const family = familyOf(address);
  if (!family || rest.length > 0) {
    return {
      problem: `Cannot read ${JSON.stringify(typed)} as a CIDR block: give one such as "203.0.113.0/24" or "::/0"`,
    };
  }
  const { bits, example } = FAMILIES[family];
  if (length === undefined || !/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) {
    return {
      problem: `Cannot read "${typed}" as a CIDR block: it needs a length from 0 to ${bits}, as in "${example}"`,
    };
  }
  const value = family === 4 ? valueOf4(address) : valueOf6(address);
  const hostBits = BigInt(bits - Number(length));
  const network = `${written((value >> hostBits) << hostBits, family)}/${length}`;
  const cidr = `${written(value, family)}/${length}`;
  if (cidr === network) return { cidr };
  return {
    problem: `Cannot use "${typed}": it is an address inside a network; give "${network}", or "${written(value, family)}/${bits}" for the one address`,
  };
}

/** Whether every address of `inner` lies in `outer`; blocks of two families never do. */
export function contains(outer: string, inner: string): boolean {
  const [wide, narrow] = [block(outer), block(inner)];
  if (wide.family !== narrow.family || wide.length > narrow.length) return false;
  const hostBits = BigInt(FAMILIES[wide.family].bits - wide.length);
  return wide.value >> hostBits === narrow.value >> hostBits;
}

/** Whether two blocks have an address in common: then one lies in the other. */
export function overlap(one: string, other: string): boolean {
  return contains(one, other) || contains(other, one);
}

/** The family of which these blocks hold every address together, by its number; undefined where some of each are outside. */
export function wholeFamily(cidrs: readonly string[]): 4 | 6 | undefined {
  const widest = [...new Set(cidrs)].filter((cidr) => !cidrs.some((other) => other !== cidr && contains(other, cidr)));
  return ([4, 6] as const).find((family) => {
    const { bits } = FAMILIES[family];
    const sizes = widest
      .map(block)
      .filter((each) => each.family === family)
      .map(({ length }) => 1n << BigInt(bits - length));
    return sizes.reduce((sum, size) => sum + size, 0n) === 1n << BigInt(bits);
  });
}

/** @throws {Error} for what isn't a block */
function block(cidr: string): { family: 4 | 6; value: bigint; length: number } {
  const [address = '', length] = cidr.split('/');
  const family = familyOf(address);
  if (!family) throw new Error(`Cannot compare "${cidr}": it is no CIDR block`);
  return { family, value: family === 4 ? valueOf4(address) : valueOf6(address), length: Number(length) };
}

function familyOf(address: string): 4 | 6 | undefined {
  if (isIpv4(address)) return 4;
  return isIpv6(address) ? 6 : undefined;
}

function valueOf4(address: string): bigint {
  return address.split('.').reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function valueOf6(address: string): bigint {
  const [front = '', back] = spelled(address).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const tail = back === undefined ? [] : groups(back);
  const zeros = Array.from({ length: 8 - groups(front).length - tail.length }, () => '0');
  return [...groups(front), ...zeros, ...tail].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function written(value: bigint, family: 4 | 6): string {
  if (family === 4) return slices(value, { count: 4, bits: 8 }).join('.');
  const groups = slices(value, { count: 8, bits: 16 }).map((group) => group.toString(16));
  return spelled(groups.join(':'));
}

/** The parts of an address, the first one first. */
function slices(value: bigint, { count, bits }: { count: number; bits: number }): number[] {
  return Array.from({ length: count }, (_, place) =>
    Number(BigInt.asUintN(bits, value >> BigInt(bits * (count - 1 - place)))),
  );
}

/** The WHATWG URL parser writes IPv6 as RFC 5952 does. */
function spelled(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
