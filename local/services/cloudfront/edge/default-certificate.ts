import type { Authority } from '../../../certificates/authority.ts';
import type { Clock } from '../../../clock/clock.ts';
import type { ServedCertificate } from '../../elbv2/certificates.ts';

const DAY_MS = 24 * 3_600_000;

/** As long as ACM's own. Source: ACM User Guide, "ACM certificate characteristics", checked 2026-11-29. */
const LIFETIME_MS = 198 * DAY_MS;

/** How long before its end the next one is served. */
const RENEWED_MS = 45 * DAY_MS;

/** The certificate of every distribution's own name, made for the first handshake and renewed in time. */
export function defaultCertificate(authority: Authority, clock: Pick<Clock, 'now'>): () => Promise<ServedCertificate> {
  let made: { until: number; certificate: Promise<ServedCertificate> } | undefined;
  return () => {
    const now = clock.now().getTime();
    if (!made || now > made.until - RENEWED_MS) {
      made = {
        until: now + LIFETIME_MS,
        certificate: make(authority, { notBefore: now, notAfter: now + LIFETIME_MS }),
      };
    }
    return made.certificate;
  };
}

async function make(
  authority: Authority,
  { notBefore, notAfter }: { notBefore: number; notAfter: number },
): Promise<ServedCertificate> {
  const issued = await authority.issue({
    names: ['cloudfront.net', '*.cloudfront.net'],
    keyAlgorithm: 'EC_prime256v1',
    // A clock may be behind.
    notBefore: new Date(notBefore - DAY_MS),
    notAfter: new Date(notAfter - DAY_MS),
  });
  return {
    ...issued,
    arn: 'cloudfront',
    status: 'ISSUED',
    domains: ['cloudfront.net', '*.cloudfront.net'],
    keyAlgorithm: 'EC_prime256v1',
  };
}
