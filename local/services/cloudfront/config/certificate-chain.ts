import { X509Certificate } from 'node:crypto';
import type { ServedCertificate } from '../../elbv2/certificates.ts';

/** A chain may have so many certificates besides the leaf. Source: developer guide, "InvalidViewerCertificate"; checked 2026-11-29. */
const LONGEST_CHAIN = 5;

/** What CloudFront makes of a certificate and its chain: only imported ones can fail. */
export function chainVerdict(
  { certificatePem, chainPem }: Pick<ServedCertificate, 'certificatePem' | 'chainPem'>,
  authorities: readonly string[],
  now: Date,
): 'trusted' | 'untrusted' | 'unusable' {
  const [leaf, ...chain] = parsed(certificatePem + chainPem);
  if (!leaf || chain.length > LONGEST_CHAIN) return 'unusable';
  if (chain.some((one) => !isWithinDates(one, now))) return 'unusable';
  const roots = authorities.flatMap(parsed);
  let last = leaf;
  for (const next of chain) {
    if (!isIssuedBy(last, next)) return 'unusable';
    last = next;
  }
  return roots.some((root) => root.fingerprint256 === last.fingerprint256 || isIssuedBy(last, root))
    ? 'trusted'
    : 'untrusted';
}

const parsed = (pem: string): X509Certificate[] =>
  [...pem.matchAll(/-{5}BEGIN [^-]+-{5}[^-]+-{5}END [^-]+-{5}/g)].map(([block]) => new X509Certificate(block));

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

const isWithinDates = ({ validFrom, validTo }: X509Certificate, now: Date): boolean =>
  new Date(validFrom) <= now && now <= new Date(validTo);
