import { addressTypesOf, originOf } from '../origins/origin.ts';
import { isEverywhere } from '../sites/access.ts';
import { servedNames } from '../sites/served-names.ts';
import type { SiteCheck } from '../sites/site-checks.ts';
import { namesCdn } from './cdn-checks.ts';
import type { Edge } from './edge.ts';
import { leadsToItself } from './server-checks.ts';

const rejectsHttp: SiteCheck = ({ http }) => {
  if (http !== 'reject') return [];
  const detail = 'Cannot reject plain HTTP with edge "direct": the origin answers for itself; close its port 80 there';
  return [{ pointer: '#/http', detail }];
};

const limitsAccess: SiteCheck = ({ access }) => {
  if (!access || isEverywhere(access)) return [];
  const detail =
    'Cannot limit access with edge "direct": the security groups and firewalls of the origin decide; set it there';
  return [{ pointer: '#/access', detail }];
};

const namesSubnets: SiteCheck = ({ subnets }) => {
  if (!subnets) return [];
  const detail = 'Cannot use subnets with edge "direct": they are the load balancer\'s; leave them out';
  return [{ pointer: '#/subnets', detail }];
};

const namesCertificate: SiteCheck = ({ certificate }) => {
  // Of a server's own the site itself is judged.
  if (!certificate || typeof certificate === 'string') return [];
  const detail =
    'Cannot use a certificate with edge "direct": the origin answers for itself; install it there, and leave it out; "acme" lets a server request its own, and "export" has one issued to install';
  return [{ pointer: '#/certificate', detail }];
};

const leadsToBalancer: SiteCheck = ({ origin }) => {
  if (!origin || originOf({ origin }).address) return [];
  const detail =
    'Cannot use edge "direct" with a load balancer as the origin: it has no address that stays; leave the edge out, and its listener on port 443 serves a certificate for the names';
  return [{ pointer: '#/edge', detail }];
};

/** No edge of ours: viewers connect to the origin itself, over what it listens with. */
export const direct: Edge = {
  summary: 'the instance or server itself',
  inFrontOf: 'pointing straight at',
  resources: ({ certificate }) => {
    if (certificate === 'acme') return ['domain validation', 'validation record'];
    return certificate === 'export' ? ['certificate', 'validation record'] : [];
  },
  scheme: 'http',
  port: (site) => originOf(site).port,
  label: (site) => `the ${originOf(site).kind}`,
  listeners: () => undefined,
  accepts: () => undefined,
  servedBy: 'origin',
  records: (site) => servedNames(site).map((name) => ({ name, to: 'origin', types: addressTypesOf(site) })),
  errorPages: () => new Map(),
  schemeAdvice: () => undefined,
  // What no resource of ours can enforce is refused and not ignored.
  checks: [leadsToBalancer, leadsToItself, rejectsHttp, limitsAccess, namesSubnets, namesCertificate, namesCdn],
};
