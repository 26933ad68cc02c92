import { originOf } from '../origins/origin.ts';
import type { SiteCheck } from '../sites/site-checks.ts';
import { isBehindBalancer } from './served-origin.ts';
import { leadsToItself } from './server-checks.ts';

/**
 * Whether CloudFront connects to a port of an origin. Source: CloudFront API Reference, `CustomOriginConfig`, `HTTPSPort`; checked
 * 2026-11-29.
 */
const isOriginPort = (port: number): boolean => port === 443 || port >= 1_024;

const PLAIN_HTTP = 80;

const PORTS = 'declare a port on which it serves HTTPS: 443, or one from 1024 to 65535';

/** Both legs are TLS: the port of a server is that of its HTTPS. */
const asksPort: SiteCheck = ({ origin }) => {
  if (!origin) return [];
  const { port, label, pointer, target } = originOf({ origin });
  if (target || isOriginPort(port)) return [];
  const why =
    port === PLAIN_HTTP
      ? 'it is the port of plain HTTP'
      : 'CloudFront connects to no other port below 1024 of an origin';
  const detail = `Cannot ask ${label} over HTTPS on port ${port}: ${why}; ${PORTS}`;
  return [{ pointer: `${pointer}/port`, detail }];
};

const locksForeign: SiteCheck = ({ origin, cdn }) => {
  if (!origin || cdn?.lock !== true || originOf({ origin }).loadBalancerArn === undefined) return [];
  const detail =
    'Cannot lock a load balancer that exists: its security groups and rules are not changed; leave "lock" out, and let in only the prefix list com.amazonaws.global.cloudfront.origin-facing there';
  return [{ pointer: '#/cdn/lock', detail }];
};

const namesSubnets: SiteCheck = ({ origin, subnets }) => {
  if (!origin || !subnets || originOf({ origin }).target) return [];
  const detail = `Cannot use subnets in front of ${originOf({ origin }).label}: they are of a load balancer that Nameplate creates; leave them out`;
  return [{ pointer: '#/subnets', detail }];
};

const namesDirectly: SiteCheck = ({ origin, directName }) => {
  if (!origin || directName === undefined || originOf({ origin }).loadBalancerArn === undefined) return [];
  const detail =
    'Cannot lead a direct name to the origin: it is a load balancer, whose targets the site does not know; leave it out';
  return [{ pointer: '#/directName', detail }];
};

const asksItself: SiteCheck = ({ domain, origin, cdn }) => {
  const name = origin && originOf({ origin }).address?.name;
  if (name === undefined || name !== (cdn?.originName ?? `origin.${domain}`)) return [];
  const detail = `Cannot use "${name}" as the name of the server: it is the origin name, which CloudFront asks and whose record leads to the server; give the address of the server, another name of it, or another origin name`;
  return [{ pointer: '#/origin/server/name', detail }];
};

const namesOriginCertificate: SiteCheck = ({ origin, cdn }) => {
  if (!origin || cdn?.originCertificate === undefined || isBehindBalancer({ origin })) return [];
  const detail = `Cannot choose the certificate of ${originOf({ origin }).label}: it serves its own; leave "originCertificate" out, and install one there for the names that are sent`;
  return [{ pointer: '#/cdn/originCertificate', detail }];
};

/** What an origin that Nameplate did not create cannot do behind CloudFront, though a document may say so. */
export const ORIGIN_CHECKS: readonly SiteCheck[] = [
  asksPort,
  locksForeign,
  namesSubnets,
  namesDirectly,
  namesOriginCertificate,
  leadsToItself,
  asksItself,
];
