import { listening } from '../load-balancers/listening.ts';
import { ADDRESS_RECORD_TYPES } from '../sites/address-types.ts';
import { cdnOf } from '../sites/cdn.ts';
import { servedNames } from '../sites/served-names.ts';
import { limitsAccess, originNameTaken, sendsBothHosts, sharesNoCertificate, takesNoTarget } from './cdn-checks.ts';
import { errorPages, refusal, SILENT } from './cdn-pages.ts';
import type { Edge } from './edge.ts';
import { loadBalancer } from './load-balancer.ts';

/** CloudFront before a load balancer, TLS on both legs: it asks the load balancer under a name of its own, and viewers see its certificate. */
export const cdn: Edge = {
  summary: 'CloudFront before a load balancer',
  inFrontOf: 'behind CloudFront, in front of',
  resources: (site) => [...loadBalancer.resources(site), 'listener rule', 'viewer certificate', 'distribution'],
  scheme: 'https',
  port: () => 443,
  label: () => 'the distribution',
  listeners: () => [{ protocol: 'HTTPS', port: 443 }],
  servedBy: 'distribution',
  records: (site) => [
    ...servedNames(site).map((name) => ({ name, to: 'distribution', types: ADDRESS_RECORD_TYPES }) as const),
    { name: cdnOf(site).originName, to: 'load balancer', types: ['A'] },
  ],
  accepts: listening,
  // Source: Amazon CloudFront API Reference, `ViewerProtocolPolicy`, "https-only"; checked 2026-11-29.
  rejection: 403,
  errorPages,
  refusal,
  silent: SILENT,
  schemeAdvice: loadBalancer.schemeAdvice,
  checks: [takesNoTarget, limitsAccess, sharesNoCertificate, sendsBothHosts, originNameTaken],
};
