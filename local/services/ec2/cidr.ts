import { isIPv4, isIPv6 } from 'node:net';

/** A block of addresses, in its canonical form: "10.0.0.0/16", "2001:db8:1f00::/56". */
export interface Cidr {
  family: 4 | 6;
  first: bigint;
  last: bigint;
  prefix: number;
  text: string;
}

/** Reads a block; host bits are cleared as AWS does: "10.0.0.9/16" is "10.0.0.0/16". Undefined for what is none. */
export function parseCidr(text: string): Cidr | undefined {
  const [address, prefixText, ...rest] = text.split('/');
  if (!address || !prefixText || rest.length > 0 || !/^\d{1,3}$/.test(prefixText)) return undefined;
  const family = isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined;
  const prefix = Number(prefixText);
  if (!family || prefix > bits(family)) return undefined;
  const size = 1n << BigInt(bits(family) - prefix);
  const first = (toNumber(address) / size) * size;
  return { family, first, last: first + size - 1n, prefix, text: `${toAddress(first, family)}/${prefix}` };
}

/** Whether all of `inner` lies in `outer`. */
export const contains = (outer: Cidr, inner: Cidr): boolean =>
  outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;

/** Whether some address is in both. */
export const overlap = (a: Cidr, b: Cidr): boolean => a.family === b.family && a.first <= b.last && b.first <= a.last;

/** Whether the address lies in the block; never for one of the other family. */
export function covers(block: Cidr, address: string): boolean {
  if (block.family !== familyOf(address)) return false;
  const number = toNumber(address);
  return block.first <= number && number <= block.last;
}

/** The address `offset` places into the block. */
export const addressAt = (block: Cidr, offset: number): string => toAddress(block.first + BigInt(offset), block.family);

function familyOf(address: string): 4 | 6 | undefined {
  if (isIPv4(address)) return 4;
  return isIPv6(address) ? 6 : undefined;
}

const bits = (family: 4 | 6): number => (family === 4 ? 32 : 128);

function toNumber(address: string): bigint {
  if (isIPv4(address)) return address.split('.').reduce((number, part) => number * 256n + BigInt(part), 0n);
  const [head = '', tail] = withoutDottedQuad(address).split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].reduce((number, part) => number * 65_536n + BigInt(`0x${part}`), 0n);
}

/** "::ffff:10.0.0.1" is "::ffff:a00:1". */
function withoutDottedQuad(address: string): string {
  const quad = /\d+\.\d+\.\d+\.\d+$/.exec(address)?.[0];
  if (!quad) return address;
  const number = toNumber(quad);
  return address.replace(quad, `${(number >> 16n).toString(16)}:${(number & 65_535n).toString(16)}`);
}

function toAddress(number: bigint, family: 4 | 6): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');
  const parts = Array.from({ length: 8 }, (_, i) => ((number >> BigInt(112 - 16 * i)) & 65_535n).toString(16));
  // The URL parser writes IPv6 addresses as RFC 5952 wants them.
  return new URL(`http://[${parts.join(':')}]/`).hostname.slice(1, -1);
}
