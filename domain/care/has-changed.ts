import type { CertificateItem } from './certificate-item.ts';
import { type AcmCertificate, hasSameEnd } from './watched-certificate.ts';

/** Whether ACM lists a certificate otherwise than the last look at its site has found it: renewed, gone, or no longer to be renewed. */
export function hasChanged(
  { validTo, renewal }: Pick<CertificateItem, 'validTo' | 'renewal'>,
  listed: AcmCertificate | undefined,
): boolean {
  if (listed?.status !== 'ISSUED' || !hasSameEnd({ validTo: new Date(validTo) }, listed)) return true;
  return listed.type !== 'IMPORTED' && !listed.isEligible && renewal !== 'not-eligible';
}
