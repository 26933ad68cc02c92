import { servedNames } from '../sites/served-names.ts';
import type { Site } from '../sites/site.ts';

/** Whether the server of a site gets its certificate from the ACME endpoint of the stack. */
export function usesAcme({ certificate }: { certificate?: Site['certificate'] | undefined }): boolean {
  return certificate === 'acme';
}

/** The names that a server requests a certificate for; none of a site whose server has its own. */
export function acmeNames(site: Site): string[] {
  return usesAcme(site) ? servedNames(site) : [];
}
