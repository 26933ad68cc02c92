import { addressAt, type Cidr, parseCidr } from '../../ec2/cidr.ts';

/**
 * Where the checkers of each region are: each has two ranges of IPv4 and two of IPv6.
 * Source: ROUTE53_HEALTHCHECKS in AWS's ip-ranges.json, as public repositories quote it; checked 2026-11-30.
 */
const RANGES = {
  'us-east-1': [
    ['107.23.255.0/26', '2600:1f18:3fff:f800::/53'],
    ['54.243.31.192/26', '2600:1f18:7fff:f800::/53'],
  ],
  'us-west-1': [
    ['54.183.255.128/26', '2600:1f1c:7ff:f800::/53'],
    ['54.241.32.64/26', '2600:1f1c:fff:f800::/53'],
  ],
  'us-west-2': [
    ['54.244.52.192/26', '2600:1f14:7ff:f800::/53'],
    ['54.245.168.0/26', '2600:1f14:fff:f800::/53'],
  ],
  'eu-west-1': [
    ['176.34.159.192/26', '2a05:d018:7ff:f800::/53'],
    ['54.228.16.0/26', '2a05:d018:fff:f800::/53'],
  ],
  'ap-southeast-1': [
    ['54.251.31.128/26', '2406:da18:7ff:f800::/53'],
    ['54.255.254.192/26', '2406:da18:fff:f800::/53'],
  ],
  'ap-southeast-2': [
    ['54.252.254.192/26', '2406:da1c:7ff:f800::/53'],
    ['54.252.79.128/26', '2406:da1c:fff:f800::/53'],
  ],
  'ap-northeast-1': [
    ['54.248.220.0/26', '2406:da14:7ff:f800::/53'],
    ['54.250.253.192/26', '2406:da14:fff:f800::/53'],
  ],
  'sa-east-1': [
    ['177.71.207.128/26', '2600:1f1e:7ff:f800::/53'],
    ['54.232.40.64/26', '2600:1f1e:fff:f800::/53'],
  ],
} as const;

export type CheckerRegion = keyof typeof RANGES;

/** In the order that the API's enumeration has them. */
export const CHECKER_REGIONS = Object.keys(RANGES) as CheckerRegion[];

/** Ranges of checkers that nothing here comes from. Source: as above. */
const FURTHER_IPV4 = [2, 6, 10, 14, 18, 22, 26, 30, 34, 38, 42, 46, 50, 54, 58, 62].map((at) => `15.177.${at}.0/23`);

/** What GetCheckerIpRanges answers: IPv4 alone, sorted by address. Source: AWS Tools for PowerShell, "Get-R53CheckerIpRanges"; checked 2026-11-30. */
export const CHECKER_IP_RANGES: readonly string[] = [...FURTHER_IPV4, ...ranges(0)].sort(byAddress);

/** The entries of the managed prefix lists for security groups. */
export const CHECKER_PREFIXES = { ipv4: ['15.177.0.0/18', ...ranges(0)].sort(byAddress), ipv6: ranges(1) } as const;

/** The addresses that one checker of a region sends from. */
export interface CheckerAddresses {
  region: CheckerRegion;
  ipv4: string;
  ipv6: string;
}

/** The checkers of a region, each at a place within its ranges that `fraction` draws in [0, 1). */
export function checkersOf(region: CheckerRegion, fraction: () => number): CheckerAddresses[] {
  return RANGES[region].map(([ipv4, ipv6]) => {
    const offset = 1 + Math.floor(fraction() * 62);
    return { region, ipv4: addressAt(block(ipv4), offset), ipv6: addressAt(block(ipv6), offset) };
  });
}

function ranges(family: 0 | 1): string[] {
  return Object.values(RANGES).flatMap((pairs) => pairs.map((pair) => pair[family]));
}

function byAddress(a: string, b: string): number {
  return Number(block(a).first - block(b).first);
}

function block(text: string): Cidr {
  const cidr = parseCidr(text);
  if (!cidr) throw new RangeError(`Cannot read the range "${text}"`);
  return cidr;
}
