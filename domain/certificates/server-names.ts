import { servedNames } from '../sites/served-names.ts';
import type { Site } from '../sites/site.ts';

interface Certified {
  certificate?: Site['certificate'] | undefined;
}

/** Whether the server of a site gets its certificate from the ACME endpoint of the stack. */
export const usesAcme = ({ certificate }: Certified): boolean => certificate === 'acme';

/** Whether a person exports the certificate of a site from ACM and installs it on its server. */
export const usesExport = ({ certificate }: Certified): boolean => certificate === 'export';

/** The names that a server requests a certificate for; none of a site whose server has its own. */
export const acmeNames = (site: Site): string[] => (usesAcme(site) ? serverNames(site) : []);

/**
 * The names that the certificate of a server is to cover. Behind a CDN it is connected to under the origin name, and asked for the
 * names that viewers use unless the CDN sends the origin name alone.
 */
export function serverNames(site: Pick<Site, 'domain' | 'aliases' | 'edge' | 'cdn'>): string[] {
  const originName = site.cdn?.originName;
  if (originName === undefined) return servedNames(site);
  return site.cdn?.host === 'origin' ? [originName] : [...servedNames(site), originName];
}
