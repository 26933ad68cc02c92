import type { Site } from './site.ts';

/** How CloudFront caches: the names of its managed cache policies. */
export const CACHING = [
  'CachingDisabled',
  'CachingOptimized',
  'UseOriginCacheControlHeaders',
  'UseOriginCacheControlHeaders-QueryStrings',
] as const;

/** The policies that viewers' connections can be held to, the oldest first. */
export const MINIMUM_TLS = ['TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025'] as const;

/** Where the origin's certificate comes from, where the document names one: requested from ACM, or the same as viewers are served. */
export const ORIGIN_CERTIFICATES = ['requested', 'same'] as const;

/** What a site declares of its CDN, with every default filled in. */
export interface Cdn {
  /** The name that the CDN asks, which is the site's as well. Default "origin." before the domain. */
  originName: string;
  /** Which name the origin is told as Host, and has a certificate for: the viewer's, or its own. */
  host: 'viewer' | 'origin';
  caching: (typeof CACHING)[number];
  minimumTls: (typeof MINIMUM_TLS)[number];
  /** Whether the origin answers the CDN only: a load balancer by what is set there, a server by itself. It gets a secret header then. */
  lock: boolean;
  /** Counts the secrets of the lock: another number has another one made. Default 1. */
  secretGeneration?: number;
  /**
   * Which certificate the load balancer serves, where the document names one. Left out in a declaration, it is decided by whether
   * that one covers the origin name and can be served there, so that it stays the same for the whole operation.
   */
  originCertificate?: (typeof ORIGIN_CERTIFICATES)[number];
}

/** @throws {Error} when the site has no CDN */
export function cdnOf({ domain, cdn }: Pick<Site, 'domain' | 'cdn'>): Cdn {
  if (!cdn) throw new Error(`Cannot read the CDN of "${domain}": it has none`);
  return cdn;
}

/** The Host that the web server gets of a viewer who has typed `name`. */
export function hostAtOrigin({ cdn }: Pick<Site, 'cdn'>, name: string): string {
  return cdn?.host === 'origin' ? cdn.originName : name;
}

/** Whether the origin answers the CDN only. */
export function isLocked({ cdn }: Pick<Site, 'cdn'>): boolean {
  return cdn?.lock === true;
}

/** The number of the secret by which the load balancer knows its CDN. */
export function secretGenerationOf({ secretGeneration = 1 }: Pick<Cdn, 'secretGeneration'>): number {
  return secretGeneration;
}

/** The name that the CDN or the health check asks; undefined where there is neither. */
export function originNameOf({ cdn, failover }: Pick<Site, 'cdn' | 'failover'>): string | undefined {
  return cdn?.originName ?? failover?.originName;
}
