import { type Finding, finding } from '../doctor/finding.ts';
import { listed } from '../listed.ts';
import type { OriginClient, OriginSeen } from './origin-tls.ts';

/** What is wrong with where the name of an origin leads. CloudFront looks it up in the public DNS, and connects to one family of addresses. */
export function judgeOriginNames({ name, names, family = 'ipv4' }: OriginSeen, client: OriginClient): Finding[] {
  const { end, over, addresses, notPublic, failure } = names;
  const label = name === undefined ? 'The origin' : `"${name}"`;
  const way = [name, ...over].join(' -> ');
  if (end === 'loop') {
    return [
      finding('cnameLoop', { message: `The CNAMEs of ${label} lead in a circle, or over too many names: ${way}` }),
    ];
  }
  if (end === 'failed')
    return [finding('dnsNotAnswered', { message: `${label} cannot be looked up: ${failure ?? way}` })];
  if (end !== 'found') {
    const last = over.at(-1) ?? name;
    const message = end === 'noSuchName' ? `The public DNS has no name "${last}"` : `"${last}" has no address`;
    return [finding(end === 'noSuchName' ? 'nameNotFound' : 'noAddress', { message })];
  }
  const findings: Finding[] = [];
  if (client === 'cloudfront' && name !== undefined && !addresses.some(isOfFamily(family))) {
    const [others, wanted, record] = family === 'ipv4' ? ['IPv6', 'IPv4', 'A'] : ['IPv4', 'IPv6', 'AAAA'];
    const message = `"${name}" has ${others} addresses only, and CloudFront connects to it over ${wanted}`;
    const last = over.at(-1) ?? name;
    findings.push(finding('noAddress', { message, fix: `Create an ${record} record for "${last}"` }));
  }
  if (notPublic.length > 0) {
    const message = `${label} leads to ${listed(notPublic)}, which cannot be reached from the internet`;
    findings.push(finding('addressNotPublic', { message }));
  }
  return findings;
}

/** Whether an address is of a family. */
export const isOfFamily =
  (family: 'ipv4' | 'ipv6') =>
  (address: string): boolean =>
    address.includes(':') === (family === 'ipv6');
