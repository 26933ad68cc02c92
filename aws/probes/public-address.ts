import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * Addresses that a probe must never reach: this host, private networks, cloud metadata, and every form that wraps one
 * of them in an IPv6 address. The documentation ranges (RFC 5737, RFC 3849) are left out on purpose: nobody is there on
 * the real internet, and the local AWS lives there.
 *
 * Source: IANA IPv4 and IPv6 Special-Purpose Address Registries, checked 2026-11-22.
 */
const BLOCKED: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // "::/96" holds the unspecified address, loopback and the IPv4-compatible form.
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

// One list a family: a BlockList takes every IPv4 address for a part of "::ffff:0:0/96".
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix] of BLOCKED) {
  const family = isIPv4(network) ? 'ipv4' : 'ipv6';
  blocked[family].addSubnet(network, prefix, family);
}

/** True for the literal of an address that a probe may connect to; false for everything that isn't an address. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%')) return false;
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  return !blocked[family].check(address, family);
}
