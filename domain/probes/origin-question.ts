import { originConnection } from '../edges/cdn-origin.ts';
import { edgeOf } from '../edges/edge.ts';
import { originOf } from '../origins/origin.ts';
import { servedNames } from '../sites/served-names.ts';
import type { Site } from '../sites/site.ts';
import type { OriginClient } from './origin-tls.ts';

/** Which origin is looked at, and how its client will ask it. */
export interface OriginQuestion {
  /** Its name in the public DNS. With `address` it is not looked up. */
  name?: string;
  /** A name that is looked up in its place: that of the origin does not lead there yet. */
  lookedUp?: string;
  /** The literal of its address. Without it there is a name. */
  address?: string;
  port: number;
  servedNames: readonly string[];
  /** The name that goes into SNI and Host: each served name, or the origin's own. */
  host: 'viewer' | 'origin';
  /** The page that is asked for. Default "/". */
  path?: string;
  /** Who will connect to it. */
  client: OriginClient;
  /** The addresses of a name that the client connects to: CloudFront to those of one family, IPv4 by default, viewers to all. */
  addresses?: 'ipv4' | 'ipv6';
}

interface Asking {
  /** Where a load balancer that exists is: its own name. */
  balancerName?: string | undefined;
  /** Whether the origin name leads elsewhere still: the origin is looked at where it is itself. */
  elsewhere: boolean;
}

/** What CloudFront asks of the origin that its name leads to today; undefined without CloudFront. */
export function cdnQuestion(site: Site): OriginQuestion | undefined {
  const { healthPath: path } = originOf(site);
  const { originName: name, host } = site.cdn ?? {};
  if (name === undefined || host === undefined) return undefined;
  return { servedNames: servedNames(site), path, name, ...originConnection(site), host, client: 'cloudfront' };
}

/**
 * What has to be seen of an origin that serves its own certificate, or one of a load balancer that exists, before traffic moves to
 * it; undefined where there is nothing to look at: a load balancer of the site, or plain HTTP.
 */
export function originQuestion(site: Site, { balancerName, elsewhere }: Asking): OriginQuestion | undefined {
  const { target, scheme, address, port, healthPath: path, loadBalancerArn } = originOf(site);
  const itself = {
    ...at(loadBalancerArn === undefined ? address?.name : balancerName),
    ...(address?.values?.[0] && { address: address.values[0] }),
  };
  if (edgeOf(site).servedBy === 'origin') {
    if (scheme !== 'https' || target) return undefined;
    const { lookedUp: name, ...where } = itself;
    const asked = { servedNames: servedNames(site), path, ...where, ...(name !== undefined && { name }) };
    return { ...asked, port, host: 'viewer', client: 'viewers' };
  }
  const asked = target ? undefined : cdnQuestion(site);
  return asked && { ...asked, ...(elsewhere && itself) };
}

const at = (lookedUp: string | undefined): Pick<OriginQuestion, 'lookedUp'> =>
  lookedUp === undefined ? {} : { lookedUp };
