import { BlockList, isIP, isIPv4 } from 'node:net';

type Network = readonly [address: string, prefix: number];

/** Global unicast, the only part of IPv6 that addresses were assigned of. Source: RFC 4291, section 2.4. */
const GLOBAL_UNICAST: Network = ['2000::', 3];

/**
 * Networks whose addresses no public web or name server has: this host, private networks, cloud metadata, and forms that
 * wrap an IPv4 address. IPv6 outside global unicast (loopback, ULA, link-local, multicast, discard, IPv4-mapped, SIIT,
 * NAT64, SRv6 …) needs no entry. Those that are "globally reachable" are here too: they lead to anycast services.
 *
 * Source: IANA IPv4 and IPv6 Special-Purpose Address Registries, checked 2026-11-29.
 */
const SPECIAL: readonly Network[] = [
  ['0.0.0.0', 8], // "this network"
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local: metadata, time and resolver of an EC2 instance
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // IETF protocol assignments
  ['192.31.196.0', 24], // AS112
  ['192.52.193.0', 24], // AMT
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['192.175.48.0', 24], // AS112
  ['198.18.0.0', 15], // benchmarking
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
  ['2001::', 23], // IETF protocol assignments: Teredo, benchmarking, AMT, AS112, ORCHID, ORCHIDv2, DRIP
  ['2002::', 16], // 6to4
  ['2620:4f:8000::', 48], // AS112
  ['3fff::', 20], // documentation, the newer range
];

/** No host has these on the real internet; the local AWS uses them. Source: RFC 5737, RFC 3849, checked 2026-11-29. */
const DOCUMENTATION: readonly Network[] = [
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['2001:db8::', 32],
];

const isGlobalUnicast = within([GLOBAL_UNICAST]);
const isSpecial = within(SPECIAL);
const isDocumentation = within(DOCUMENTATION);

/**
 * True for the literal of an address that we may connect to; false for everything that isn't an address. `documentation`
 * lets in the documentation ranges.
 */
export function isPublicAddress(address: string, { documentation = false }: { documentation?: boolean } = {}): boolean {
  if (isIP(address) === 0 || address.includes('%')) return false;
  if (isDocumentation(address)) return documentation;
  return (isIPv4(address) || isGlobalUnicast(address)) && !isSpecial(address);
}

/** One list a family: a BlockList takes every IPv4 address for a part of "::ffff:0:0/96". */
function within(networks: readonly Network[]): (address: string) => boolean {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  const familyOf = (address: string) => (isIPv4(address) ? 'ipv4' : 'ipv6');
  for (const [address, prefix] of networks) lists[familyOf(address)].addSubnet(address, prefix, familyOf(address));
  return (address) => lists[familyOf(address)].check(address, familyOf(address));
}
