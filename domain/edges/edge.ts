import { usesExport } from '../certificates/server-names.ts';
import { failoverResources } from '../failover/resources.ts';
import type { Listening } from '../load-balancers/listening.ts';
import { addressTypesOf, originOf } from '../origins/origin.ts';
import type { Page } from '../probes/page.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { AddressType } from '../sites/address-types.ts';
import type { Cdn } from '../sites/cdn.ts';
import { servedNames } from '../sites/served-names.ts';
import type { Site } from '../sites/site.ts';
import type { SiteCheck } from '../sites/site-checks.ts';
import { cdn } from './cdn.ts';
import { direct } from './direct.ts';
import { loadBalancer } from './load-balancer.ts';
import { isBehindBalancer } from './served-origin.ts';

/** What viewers connect to. All that differs from edge to edge is a fact of its value: no other code compares `edge`. */
export interface Edge {
  /** What viewers connect to, for the description of the API. */
  summary: string;
  /** Before the origin's id, in the timeline: "behind a load balancer, in front of". */
  inFrontOf: string;
  /** The types of resources that it needs, besides hosted zone, records and the origin's address. */
  resources: (site: Pick<Site, 'origin' | 'certificate'>) => readonly ResourceType[];
  /** What viewers are served over, unless they connect to the origin itself, and the port. */
  scheme: 'http' | 'https';
  port: (site: Pick<Site, 'origin'>) => number;
  /** What viewers connect to, in sentences: "the load balancer". */
  label: (site: Pick<Site, 'origin'>) => string;
  /** What its listeners accept; undefined where the origin listens with its own, on ports that the site does not declare. */
  listeners: (site: Pick<Site, 'http' | 'origin'>) => Listening[] | undefined;
  /** What it accepts of viewers, likewise. */
  accepts: (site: Pick<Site, 'http' | 'origin'>) => Listening[] | undefined;
  /** The status that rejects plain HTTP where it is declared to; undefined where nothing listens then. */
  rejection?: number;
  /** What the records of the served names lead to. */
  servedBy: RecordTarget;
  /** All records of its names. */
  records: (site: Site) => NameRecords[];
  /** What its own error pages mean, by status, as the end of a sentence. Those of the web server itself mean no more than they say. */
  errorPages: (page: Page, site: Pick<Site, 'origin'>) => ReadonlyMap<number, string>;
  /** A page below 500 by which the edge refuses a request that the web server has not seen. */
  refusal?: (page: Page, site: Site) => Refusal | undefined;
  /** What to look at where a page does not come in time, as the end of a sentence. */
  silent?: (site: Pick<Site, 'origin'>) => string;
  /** How a web server behind it finds out that viewers use HTTPS; undefined where viewers connect to the web server itself. */
  schemeAdvice: (site: Pick<Site, 'origin'>) => string | undefined;
  /** What it cannot do, though the document may say so. */
  checks: readonly SiteCheck[];
}

/** Why an edge refuses a request. */
export interface Refusal {
  /** As the end of a sentence. */
  meaning: string;
  /** Whether viewers are refused as well. */
  stops: boolean;
}

/** What records can lead to: an alias of the load balancer or of the distribution, or the address of the origin itself. */
export type RecordTarget = 'load balancer' | 'distribution' | 'origin';

/** The records of one name. */
export interface NameRecords {
  name: string;
  to: RecordTarget;
  types: readonly AddressType[];
}

/** Every edge, by its name in the site document. The first is the default. */
const EDGES = { 'load-balancer': loadBalancer, cdn, direct } satisfies Record<string, Edge>;

export type EdgeName = keyof typeof EDGES;

export const EDGE_NAMES = Object.keys(EDGES) as [EdgeName, ...EdgeName[]];

export const DEFAULT_EDGE: EdgeName = EDGE_NAMES[0];

/** "an application load balancer with HTTPS, or the instance itself" */
export const EDGE_SUMMARIES: string = EDGE_NAMES.map((name) => EDGES[name].summary).join(', or ');

/** Of a document that doesn't say: the default. */
export function edgeOf({ edge = DEFAULT_EDGE }: { edge?: EdgeName | undefined }): Edge {
  return EDGES[edge];
}

/** What the load balancer of a site listens on; nothing where it has none. */
export function listenersOf(site: Pick<Site, 'http' | 'origin'> & { edge?: EdgeName | undefined }): Listening[] {
  return edgeOf(site).listeners(site) ?? [];
}

/** What plain HTTP gets from the load balancer: where the CDN redirects, nothing listens there. */
export function httpOf(site: Parameters<typeof listenersOf>[0]): Site['http'] {
  return listenersOf(site).some(({ port }) => port === 80) ? 'redirect' : 'reject';
}

export function isDefaultEdge(edge: EdgeName): boolean {
  return edge === DEFAULT_EDGE;
}

/** Whether the edge of a site, or its failover, needs resources of that type. */
export function needsResource(
  site: Pick<Site, 'edge' | 'origin' | 'certificate' | 'failover'>,
  type: ResourceType,
): boolean {
  const edge = edgeOf(site);
  return [...edge.resources(site), ...failoverResources(site, edge)].includes(type);
}

/** Whether viewers, or the CDN, come to a load balancer: one of the site, or one that exists. */
export function hasLoadBalancer(site: Pick<Site, 'edge' | 'origin'>): boolean {
  return needsResource(site, 'load balancer') || needsResource(site, 'listener certificate');
}

/** Whether viewers of the served names need a certificate. */
export function isCertified(site: { edge?: EdgeName | undefined }): boolean {
  return edgeOf(site).scheme === 'https';
}

interface Certified {
  edge?: EdgeName | undefined;
  certificate?: Site['certificate'] | undefined;
  cdn?: Partial<Pick<Cdn, 'originCertificate'>> | undefined;
  origin?: Site['origin'];
}

/**
 * Whether nothing in the region of the stack serves another certificate than the one that the document names: behind a CDN viewers see
 * that one, and a load balancer may have another.
 */
export function servesNamed({ certificate, cdn: settings, ...site }: Certified): boolean {
  const isBehind = edgeOf(site).servedBy === 'distribution' && isBehindBalancer(site);
  return (
    certificate !== undefined &&
    typeof certificate !== 'string' &&
    (!isBehind || settings?.originCertificate === 'same')
  );
}

/** Whether a certificate is requested in the region of the stack: what is there needs one and serves none that the document names, or a server is given one. */
export function requestsCertificate(site: Certified): boolean {
  return usesExport(site) || (isCertified(site) && !servesNamed(site));
}

/** The names that the site's own certificates cover, those of viewers first. A server behind a CDN may have its own. */
export function coveredNames(site: Pick<Site, 'origin' | 'domain' | 'aliases' | 'cdn' | 'certificate'>): string[] {
  const originName = isBehindBalancer(site) || usesExport(site) ? site.cdn?.originName : undefined;
  return [...servedNames(site), ...(originName === undefined ? [] : [originName])];
}

/** The same of those that are requested; none where none is. */
export function certifiedNames(
  site: Pick<Site, 'edge' | 'origin' | 'domain' | 'aliases' | 'certificate' | 'cdn'>,
): string[] {
  return requestsCertificate(site) ? coveredNames(site) : [];
}

/**
 * The name under which the CDN of a declaration connects to the origin: the one that it gives, or "origin." before the domain.
 * Undefined without a CDN.
 */
export function declaredOriginName({
  edge,
  domain,
  cdn: settings,
}: {
  edge?: EdgeName | undefined;
  domain?: string | undefined;
  cdn?: { originName?: string | undefined } | undefined;
}): string | undefined {
  if (edgeOf({ edge }).servedBy !== 'distribution') return undefined;
  return settings?.originName ?? (domain === undefined ? undefined : `origin.${domain}`);
}

/** The same where a certificate of the site is to cover that name: a server has one of its own. */
export function certifiedOriginName(
  site: Parameters<typeof declaredOriginName>[0] & Pick<Certified, 'origin' | 'certificate'>,
): string | undefined {
  return isBehindBalancer(site) || usesExport(site) ? declaredOriginName(site) : undefined;
}

const named = (name: string | undefined, records: Omit<NameRecords, 'name'>): NameRecords[] =>
  name === undefined ? [] : [{ name, ...records }];

/** Health checkers ask a name over IPv4 alone. Source: Route 53 API, `HealthCheckConfig`, `IPAddress`; checked 2026-11-29. */
const CHECKED_TYPES: readonly AddressType[] = ['A'];

/** Where all records of a site lead: those of its edge, that of the name that is checked to the same, and that of the direct name to the origin itself. */
export function recordsOf(site: Site): NameRecords[] {
  const { directName, failover } = site;
  const { records, servedBy } = edgeOf(site);
  return [
    ...records(site),
    ...named(failover?.originName, { to: servedBy, types: CHECKED_TYPES }),
    ...named(directName, { to: 'origin', types: addressTypesOf(site) }),
  ];
}

/** Whether the origin needs an Elastic IP: a name leads to it, and its own address may change; or it is to have one. */
export function needsElasticIp(site: Site): boolean {
  const { address, keepsAddress = false } = originOf(site);
  const isLedTo = recordsOf(site).some(({ to }) => to === 'origin');
  return keepsAddress || (isLedTo && address?.resource === 'elastic address');
}

/** What viewers of the served names use: where they connect to the origin itself, what that listens with. */
export function schemeOf(site: Pick<Site, 'edge' | 'origin'>): 'http' | 'https' {
  const { scheme, servedBy } = edgeOf(site);
  return servedBy === 'origin' ? originOf(site).scheme : scheme;
}

/** "https://shop.example.test", "http://shop.example.test:8080": what a viewer of the name types, without a path. */
export function baseUrl(site: Site, name: string): string {
  return new URL(`${schemeOf(site)}://${name}:${edgeOf(site).port(site)}`).origin;
}
