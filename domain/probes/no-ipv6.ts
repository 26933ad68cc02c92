/**
 * What a socket to an IPv6 address fails with where the host has no IPv6, as a Lambda function outside a VPC has none: no
 * such address family, a family that may not be used, no route, no source address. Which one depends on the kernel.
 * Source: socket(2) and connect(2) of Linux, and public reports of Lambda functions; checked 2026-11-29.
 */
const WITHOUT_IPV6: ReadonlySet<string> = new Set([
  'EAFNOSUPPORT',
  'EPROTONOSUPPORT',
  'EPERM',
  'EACCES',
  'EINVAL',
  'EADDRNOTAVAIL',
  'ENETDOWN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

/** Why nothing is said about an IPv6 address. */
export const IPV6_NOT_JUDGED = 'IPv6 cannot be judged from here';

/** Whether a connection failed because this host has no IPv6, which says nothing about the address. */
export function failsWithoutIpv6({ address, failure }: { address: string; failure: string }): boolean {
  return address.includes(':') && WITHOUT_IPV6.has(failure);
}
