import { listening } from '../load-balancers/listening.ts';
import { addressTypes } from '../sites/address-types.ts';
import { servedNames } from '../sites/served-names.ts';
import { namesCdn } from './cdn-checks.ts';
import type { Edge } from './edge.ts';

/**
 * Source: Elastic Load Balancing User Guide, "Troubleshoot your Application Load Balancers", checked 2026-11-22.
 */
const ERROR_PAGES: ReadonlyMap<number, string> = new Map([
  [502, ': the load balancer got no valid answer from the target'],
  [503, ': the load balancer has no target that it may ask'],
  [504, ': the target did not answer the load balancer in time'],
]);

/** An application load balancer that serves the site's certificate and forwards to the origin. */
export const loadBalancer: Edge = {
  summary: 'an application load balancer with HTTPS',
  inFrontOf: 'behind a load balancer, in front of',
  resources: () => [
    'certificate',
    'validation record',
    'security group',
    'security group rule',
    'load balancer',
    'target group',
    'target',
    'listener',
  ],
  scheme: 'https',
  port: () => 443,
  label: () => 'the load balancer',
  listeners: listening,
  accepts: listening,
  servedBy: 'load balancer',
  records: (site) => servedNames(site).map((name) => ({ name, to: 'load balancer', types: addressTypes(site) })),
  errorPages: () => ERROR_PAGES,
  schemeAdvice:
    'The load balancer speaks plain HTTP to the instance, so its web server takes every request for one without https: have it trust the header X-Forwarded-Proto, which the load balancer sets to "https", before it redirects',
  checks: [namesCdn],
};
