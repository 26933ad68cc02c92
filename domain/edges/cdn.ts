import { listening } from '../load-balancers/listening.ts';
import { addressTypesOf, originOf } from '../origins/origin.ts';
import { ADDRESS_RECORD_TYPES } from '../sites/address-types.ts';
import { cdnOf } from '../sites/cdn.ts';
import { servedNames } from '../sites/served-names.ts';
import type { Site } from '../sites/site.ts';
import { changesNoSecret, limitsAccess, originNameTaken, sendsBothHosts, sharesNoCertificate } from './cdn-checks.ts';
import { ORIGIN_CHECKS } from './cdn-origin-checks.ts';
import { errorPages, refusal, silent } from './cdn-pages.ts';
import type { Edge } from './edge.ts';
import { loadBalancer, tenantsAddress } from './load-balancer.ts';
import { isBehindBalancer } from './served-origin.ts';

/** Whether the load balancer is one of the site, whose rules and security group it may set. */
const hasOwnBalancer = (site: Pick<Site, 'origin'>): boolean => originOf(site).target !== undefined;

/**
 * CloudFront before a load balancer or a server, TLS on both legs: it asks the origin under a name of the site, and viewers see a
 * certificate of their own.
 */
export const cdn: Edge = {
  summary: 'CloudFront before a load balancer or a server',
  inFrontOf: 'behind CloudFront, in front of',
  resources: (site) => [
    ...(isBehindBalancer(site) ? loadBalancer.resources(site) : (['validation record'] as const)),
    ...(hasOwnBalancer(site) ? (['listener rule'] as const) : []),
    ...(site.certificate === 'acme' ? (['domain validation'] as const) : []),
    ...(site.certificate === 'export' ? (['certificate'] as const) : []),
    'viewer certificate',
    'distribution',
    'alias',
  ],
  scheme: 'https',
  port: () => 443,
  label: () => 'the distribution',
  listeners: (site) => (hasOwnBalancer(site) ? [{ protocol: 'HTTPS', port: 443 }] : undefined),
  servedBy: 'distribution',
  records: (site) => {
    const { originName: name } = cdnOf(site);
    return [
      ...servedNames(site).map((each) => ({ name: each, to: 'distribution', types: ADDRESS_RECORD_TYPES }) as const),
      isBehindBalancer(site)
        ? { name, to: 'load balancer', types: ['A'] }
        : { name, to: 'origin', types: addressTypesOf(site) },
    ];
  },
  accepts: listening,
  // Source: Amazon CloudFront API Reference, `ViewerProtocolPolicy`, "https-only"; checked 2026-11-29.
  rejection: 403,
  errorPages,
  refusal,
  silent,
  schemeAdvice: (site) => (isBehindBalancer(site) ? loadBalancer.schemeAdvice(site) : SERVER_ADVICE),
  checks: [
    tenantsAddress,
    changesNoSecret,
    limitsAccess,
    sharesNoCertificate,
    sendsBothHosts,
    originNameTaken,
    ...ORIGIN_CHECKS,
  ],
};

const SERVER_ADVICE =
  'CloudFront connects to the server over HTTPS, so a web server that takes the request for plain HTTP has a proxy in front of it: have that pass X-Forwarded-Proto with "https", and have the application trust it before it redirects';
