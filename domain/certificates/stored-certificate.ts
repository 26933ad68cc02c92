import type { Site, StoredCertificate } from '../sites/site.ts';

/** The certificate that exists and that a document names; undefined where one is requested, by us or by a server. */
export function storedCertificate({ certificate }: Pick<Site, 'certificate'>): StoredCertificate | undefined {
  return typeof certificate === 'string' ? undefined : certificate;
}
