import { isComparable } from '../load-balancers/host-rules.ts';
import { listening } from '../load-balancers/listening.ts';
import { TARGET_BLOCKS } from '../load-balancers/target-address.ts';
import { originOf } from '../origins/origin.ts';
import { pointer } from '../problems/pointer.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { isEverywhere } from '../sites/access.ts';
import { addressTypes } from '../sites/address-types.ts';
import { servedNames } from '../sites/served-names.ts';
import type { Site } from '../sites/site.ts';
import type { SiteCheck } from '../sites/site-checks.ts';
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

const OWN: readonly ResourceType[] = [
  'security group',
  'security group rule',
  'load balancer',
  'target group',
  'target',
  'listener',
];

/** Of a load balancer that exists. */
const JOINED: readonly ResourceType[] = ['listener certificate', 'host rule'];

/** Whether the origin is a load balancer that exists. */
const joins = (site: Pick<Site, 'origin'>): boolean => originOf(site).loadBalancerArn !== undefined;

/** Source: ELB User Guide, "Target groups for your Application Load Balancers", "Target type": no public addresses; checked 2026-11-29. */
const takesNoTarget: SiteCheck = ({ origin }) => {
  if (!origin) return [];
  const { target, loadBalancerArn, pointer, label } = originOf({ origin });
  if (target || loadBalancerArn !== undefined) return [];
  const detail = `Cannot put ${label} behind a load balancer: an ALB takes no public addresses as targets, and no names; declare edge "direct", or give a private address that the VPC reaches (${TARGET_BLOCKS})`;
  return [{ pointer, detail }];
};

/** An instance says by its tag whose it is. A private address may be anything that the VPC reaches. */
export const tenantsAddress: SiteCheck = ({ origin, tenant }) => {
  if (!origin || tenant === undefined) return [];
  const { target, kind, label, pointer } = originOf({ origin });
  if (!target || kind !== 'server') return [];
  const detail = `Cannot use ${label} for a tenant: nothing tells that a private address is the tenant's; declare an instance with the tenant's tag`;
  return [{ pointer, detail }];
};

/** A check of documents whose origin is a load balancer that exists. */
const ofJoined =
  (check: SiteCheck): SiteCheck =>
  (site) =>
    site.origin && joins({ origin: site.origin }) ? check(site) : [];

const rejectsHttp = ofJoined(({ http }) => {
  if (http !== 'reject') return [];
  const detail =
    'Cannot reject plain HTTP on a load balancer that exists: its listener on port 80 is not changed; delete it there, and leave this out';
  return [{ pointer: '#/http', detail }];
});

const limitsAccess = ofJoined(({ access }) => {
  if (!access || isEverywhere(access)) return [];
  const detail =
    'Cannot limit access to a load balancer that exists: its security groups decide; set it there, and leave this out';
  return [{ pointer: '#/access', detail }];
});

const namesSubnets = ofJoined(({ subnets }) => {
  if (!subnets) return [];
  return [{ pointer: '#/subnets', detail: 'Cannot move a load balancer that exists to other subnets; leave them out' }];
});

const namesDirectly = ofJoined(({ directName }) => {
  if (directName === undefined) return [];
  const detail =
    'Cannot lead a direct name to the origin: it is a load balancer, whose targets the site does not know; leave it out';
  return [{ pointer: '#/directName', detail }];
});

const namesNoHost = ofJoined(({ origin, domain, aliases = [] }) => {
  if (!origin || !originOf({ origin }).hostRule || domain === undefined) return [];
  return [domain, ...aliases].flatMap((name, place) => {
    if (isComparable(name)) return [];
    const detail = `Cannot make a host rule for "${name}": ELB compares names of at most 128 characters that end in letters, and no internationalized top-level domain; leave "hostRule" out, and have the default action of the listener forward`;
    return [{ pointer: place === 0 ? '#/domain' : pointer(['aliases', place - 1]), detail }];
  });
});

/** An application load balancer that serves the site's certificate and forwards to the origin. */
export const loadBalancer: Edge = {
  summary: 'an application load balancer with HTTPS',
  inFrontOf: 'behind a load balancer, in front of',
  resources: (site) => ['certificate', 'validation record', ...(joins(site) ? JOINED : OWN)],
  scheme: 'https',
  port: () => 443,
  label: () => 'the load balancer',
  listeners: (site) => (joins(site) ? undefined : listening(site)),
  accepts: (site) => (joins(site) ? undefined : listening(site)),
  servedBy: 'load balancer',
  records: (site) => servedNames(site).map((name) => ({ name, to: 'load balancer', types: addressTypes(site) })),
  errorPages: () => ERROR_PAGES,
  schemeAdvice: () =>
    'The load balancer speaks plain HTTP to its target, so that web server takes every request for one without https: have it trust the header X-Forwarded-Proto, which the load balancer sets to "https", before it redirects',
  // What a load balancer that exists does otherwise is not changed: it is refused and not ignored.
  checks: [
    namesCdn,
    takesNoTarget,
    tenantsAddress,
    rejectsHttp,
    limitsAccess,
    namesSubnets,
    namesDirectly,
    namesNoHost,
  ],
};
