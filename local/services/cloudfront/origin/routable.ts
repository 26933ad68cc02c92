import { BlockList, isIPv4 } from 'node:net';

/** Addresses that no edge location has a way to. Source: RFC 1918, RFC 6598, RFC 3927, RFC 1122, RFC 4193, RFC 4291; checked 2026-11-29. */
const private4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  private4.addSubnet(network, prefix);
}

/** Whether an address can be reached from the internet at all. */
export const isRoutable = (address: string): boolean =>
  isIPv4(address) ? !private4.check(address) : /^[23]/.test(address);
