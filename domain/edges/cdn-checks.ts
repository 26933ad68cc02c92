import { originOf } from '../origins/origin.ts';
import { EVERYWHERE, isEverywhere } from '../sites/access.ts';
import type { SiteCheck } from '../sites/site-checks.ts';

/** What CloudFront cannot do, though a document may say so. */
export const limitsAccess: SiteCheck = ({ access }) => {
  if (!access || isEverywhere(access)) return [];
  const [only] = access;
  if (access.length === 1 && only !== undefined && EVERYWHERE.includes(only)) {
    const [wanted, other] = only.includes(':') ? ['IPv6', 'IPv4'] : ['IPv4', 'IPv6'];
    const detail = `Cannot leave out ${other} with edge "cdn": CloudFront answers viewers over both, and the names get A and AAAA records; leave "access" out, or use edge "load-balancer" for ${wanted} alone`;
    return [{ pointer: '#/access', detail }];
  }
  const detail =
    'Cannot limit access with edge "cdn": viewers connect to CloudFront, which has no security group; leave it out, and attach a web ACL of AWS WAF to the distribution, or use edge "load-balancer"';
  return [{ pointer: '#/access', detail }];
};

/** There is nothing that could be the same. */
export const sharesNoCertificate: SiteCheck = ({ certificate, cdn }) => {
  if (certificate || cdn?.originCertificate !== 'same') return [];
  const detail =
    'Cannot serve the certificate of viewers on the load balancer: two are requested, and that of the load balancer covers the origin name as well; leave "originCertificate" out, or name a certificate for all of these names';
  return [{ pointer: '#/cdn/originCertificate', detail }];
};

/**
 * These policies have Host in the cache key, and what is in the key is sent, whatever the origin request policy says. Source:
 * Amazon CloudFront Developer Guide, "Understand how origin request policies and cache policies work together"; checked 2026-11-29.
 */
const WITH_HOST_IN_KEY = 'UseOriginCacheControlHeaders';

export const sendsBothHosts: SiteCheck = ({ cdn }) => {
  if (cdn?.host !== 'origin' || !cdn.caching.startsWith(WITH_HOST_IN_KEY)) return [];
  const detail = `Cannot use caching "${cdn.caching}" with host "origin": its cache key has the Host of the viewer, which the origin then gets instead; use "CachingDisabled" or "CachingOptimized", or host "viewer"`;
  return [{ pointer: '#/cdn/caching', detail }];
};

export const originNameTaken: SiteCheck = ({ domain, aliases = [], directName, cdn }) => {
  const originName = cdn?.originName ?? `origin.${domain}`;
  const role =
    originName === domain || aliases.includes(originName)
      ? 'viewers use it, and CloudFront would connect to itself'
      : originName === directName && 'it is the direct name, which leads to the origin itself';
  if (!role) return [];
  const detail = `Cannot use "${originName}" as the origin name: ${role}; give one of its own, such as "to-${originName}"`;
  return [{ pointer: '#/cdn/originName', detail }];
};

/** A rule of a load balancer of the site accepts two at a time; what others run would refuse the next one. */
export const changesNoSecret: SiteCheck = ({ origin, cdn }) => {
  if (!origin || cdn?.secretGeneration === undefined) return [];
  if (cdn.lock !== false && originOf({ origin }).target) return [];
  const why =
    cdn.lock === false
      ? 'nothing is locked by it; leave it out, or have "lock" true'
      : 'only a load balancer of the site accepts two secrets at a time; leave it out';
  return [{ pointer: '#/cdn/secretGeneration', detail: `Cannot change the secret of CloudFront: ${why}` }];
};

/** For the other edges. */
export const namesCdn: SiteCheck = ({ edge, cdn }) => {
  if (!cdn || edge === undefined) return [];
  const detail = `Cannot use "cdn" with edge "${edge}": it has no CloudFront to set; leave it out, or use edge "cdn"`;
  return [{ pointer: '#/cdn', detail }];
};
