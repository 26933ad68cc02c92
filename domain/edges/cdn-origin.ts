import { isDeepStrictEqual } from 'node:util';
import { originOf } from '../origins/origin.ts';
import { originNameOf } from '../sites/cdn.ts';
import type { Site } from '../sites/site.ts';
import { edgeOf } from './edge.ts';

/** How the CDN connects to the origin. Source: CloudFront API Reference, `CustomOriginConfig`; checked 2026-11-29. */
export interface OriginConnection {
  port: number;
  /** The addresses that it connects to: of a name that has both, those of IPv4. */
  addresses: 'ipv4' | 'ipv6';
}

export function originConnection(site: Pick<Site, 'origin'>): OriginConnection {
  const { target, port, address } = originOf(site);
  if (target) return { port: 443, addresses: 'ipv4' };
  const isIpv6 = address?.types !== undefined && !address.types.includes('A');
  return { port, addresses: isIpv6 ? 'ipv6' : 'ipv4' };
}

/** Where the record of the origin name leads: to the load balancer of the site, to one that exists, to an address or to a name. */
const leadOf = (site: Site): unknown => {
  const { id, target, loadBalancerArn, address } = originOf(site);
  if (edgeOf(site).servedBy === 'origin') return address?.resource === undefined ? address : id;
  return target ? 'own' : (loadBalancerArn ?? address);
};

/**
 * Whether the origin name of a document that is live leads elsewhere by the next one: its record moves with the traffic of viewers, whom
 * the CDN serves from there, or whom the health check sends to the page.
 */
export function movesOriginName(site: Site, live: Site | undefined): boolean {
  const name = originNameOf(site);
  return (
    live !== undefined &&
    name !== undefined &&
    name === originNameOf(live) &&
    !isDeepStrictEqual(leadOf(site), leadOf(live))
  );
}

/**
 * Why a change cannot do so without failed requests: what a name leads to is changed by DNS and the port by CloudFront, each in its
 * own time.
 */
export function originMoveProblem(site: Site, live: Site | undefined): string | undefined {
  if (!live || !movesOriginName(site, live)) return undefined;
  const name = originNameOf(site);
  if (!site.cdn && !live.cdn) return undefined;
  if (!site.cdn || !live.cdn) {
    const field = site.cdn ? 'cdn' : 'failover';
    return `Cannot lead "${name}" elsewhere without failed requests: what is live asks it until viewers have moved. Give the new edge a name of its own ("${field}": { "originName": "to-${name}" })`;
  }
  const [from, to] = [originConnection(live), originConnection(site)];
  if (isDeepStrictEqual(from, to)) return undefined;
  return `Cannot lead "${name}" from ${inWords(live, from)} to ${inWords(site, to)} without failed requests: its record and the setting of CloudFront change at different times. Give the new origin a name of its own ("cdn": { "originName": "to-${name}" })`;
}

const inWords = (site: Pick<Site, 'origin'>, { port, addresses }: OriginConnection): string => {
  const { target, label } = originOf(site);
  const family = addresses === 'ipv6' ? ' over IPv6' : '';
  return `port ${port} of ${target ? 'the load balancer' : label}${family}`;
};
