import type { Authority } from '../../../certificates/authority.ts';
import type { Clock } from '../../../clock/clock.ts';
import { validity } from '../../acm/validity.ts';
import type { ServedCertificate } from '../../elbv2/certificates.ts';

/** How much of a lifetime is left when the next one is served. */
const RENEWED_SHARE = 1 / 3;

/**
 * The certificate of every distribution's own name, made for the first handshake and renewed in time. It lives as long as ACM's own, and has
 * begun by the clock of clients outside too: AWS time may run ahead of it.
 */
export function defaultCertificate(
  authority: Authority,
  clock: Pick<Clock, 'now'>,
  wallNow: () => Date = () => new Date(),
): () => Promise<ServedCertificate> {
  let made: { renewedAt: number; certificate: Promise<ServedCertificate> } | undefined;
  return () => {
    const now = clock.now();
    if (!made || now.getTime() > made.renewedAt) {
      const dates = validity(now, wallNow());
      const left = (dates.notAfter.getTime() - now.getTime()) * RENEWED_SHARE;
      made = { renewedAt: dates.notAfter.getTime() - left, certificate: make(authority, dates) };
    }
    return made.certificate;
  };
}

async function make(authority: Authority, dates: { notBefore: Date; notAfter: Date }): Promise<ServedCertificate> {
  const domains = ['cloudfront.net', '*.cloudfront.net'];
  const keyAlgorithm = 'EC_prime256v1';
  const issued = await authority.issue({ names: domains, keyAlgorithm, ...dates });
  return { ...issued, arn: 'cloudfront', status: 'ISSUED', domains, keyAlgorithm };
}
