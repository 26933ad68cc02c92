import type { Site } from './site.ts';

/** The names that viewers use and the certificate covers, the domain first. */
export function servedNames({ domain, aliases }: Pick<Site, 'domain' | 'aliases'>): string[] {
  return [domain, ...aliases];
}
