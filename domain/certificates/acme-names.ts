import { originNameOf } from '../sites/cdn.ts';
import { servedNames } from '../sites/served-names.ts';
import type { Site } from '../sites/site.ts';

/** Whether the server of a site gets its certificate from the ACME endpoint of the stack. */
export function usesAcme({ certificate }: { certificate?: Site['certificate'] | undefined }): boolean {
  return certificate === 'acme';
}

/**
 * The names that a server requests a certificate for; none of a site whose server has its own. Behind a CDN it is connected to under the
 * origin name, and asked for the names that viewers use unless the CDN sends the origin name alone.
 */
export function acmeNames(site: Site): string[] {
  if (!usesAcme(site)) return [];
  const originName = originNameOf(site);
  if (originName === undefined) return servedNames(site);
  return site.cdn?.host === 'origin' ? [originName] : [...servedNames(site), originName];
}
