import { createHash } from 'node:crypto';
import { originIdOf } from '../distributions/identity.ts';
import { resourceName } from '../ownership.ts';
import type { Cdn } from '../sites/cdn.ts';
import type { Site } from '../sites/site.ts';
import { movesInside } from './moves-inside.ts';

/** Where a distribution that only shows the page asks for the site. */
export const BYPASS_ORIGIN = 'np-bypass';

/** Who sees the site while viewers see its page, and how CloudFront asks for it then. */
export interface Bypass {
  /** CIDR blocks: "203.0.113.7/32", "2001:db8::/48". */
  addresses: readonly string[];
  /** The origin in the configuration of the distribution. */
  originId: string;
  /** Whose Host the origin gets: the viewer's, or its own name. */
  host: Cdn['host'];
}

/** The bypass of a site; undefined of one that has none. */
export function bypassOf(site: Pick<Site, 'edge' | 'cdn' | 'failover'>): Bypass | undefined {
  const { cdn, failover } = site;
  if (!failover?.bypass) return undefined;
  const { addresses } = failover.bypass;
  return cdn && movesInside(site)
    ? { addresses, originId: originIdOf(cdn.originName), host: cdn.host }
    : { addresses, originId: BYPASS_ORIGIN, host: 'viewer' };
}

/** The number of the code that leads operators: another one writes the functions of all sites anew. */
const DESIGN = 1;

/** What tells the function of a bypass from another one, without its code: functions that plan do not need that. */
export function bypassVersion(bypass: Bypass): string {
  return createHash('sha256')
    .update(JSON.stringify([DESIGN, bypass]))
    .digest('hex')
    .slice(0, 12);
}

/** "np-0123456789ab-bypass": the function of a site. */
export function bypassName(domain: string): string {
  return `${resourceName(domain)}-bypass`;
}

/** Whether a function was made for the bypass of a site. */
export function isBypass(functionArn: string | undefined): boolean {
  return /:function\/np-[0-9a-f]{12}-bypass$/.test(functionArn ?? '');
}
