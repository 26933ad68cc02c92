/**
 * What comes before a load balancer's own name where its IPv6 addresses are wanted as well: AWS documents AAAA answers
 * for that name; for the bare one sources differ. Source: Route 53 Developer Guide, "Values specific for simple alias
 * records", `Alias Target`; checked 2026-11-29.
 */
const DUALSTACK = 'dualstack.';

/** The name that records lead to: it answers A, and AAAA when the load balancer has IPv6 addresses. */
export function dualstackName(dnsName: string): string {
  return `${DUALSTACK}${bareName(dnsName)}`;
}

/** A load balancer's name as `DescribeLoadBalancers` tells it: lower case, no prefix, no dot at its end. */
export function bareName(name: string): string {
  return withoutPrefix(name).replace(/\.$/, '');
}

/** Whether two names are one load balancer's: letter case, the prefix and a dot at the end make no difference. */
export function isSameBalancer(one: string, other: string): boolean {
  return bareName(one) === bareName(other);
}

/** The same for what a DNS provider made of a typed value, where a dot at the end is part of the value. */
export function isSameTyped(one: string, other: string): boolean {
  return withoutPrefix(one) === withoutPrefix(other);
}

/** Whether a name is a load balancer's own: "np-1.eu-west-1.elb.amazonaws.com"; of a network load balancer "net-1.elb.eu-west-1.amazonaws.com". */
export const isBalancerName = (name: string): boolean => /\.elb(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?\.?$/i.test(name);

function withoutPrefix(name: string): string {
  const lower = name.toLowerCase();
  return lower.startsWith(DUALSTACK) ? lower.slice(DUALSTACK.length) : lower;
}
