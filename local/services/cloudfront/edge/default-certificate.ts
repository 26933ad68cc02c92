import type { Authority } from '../../../certificates/authority.ts';
import type { ServedCertificate } from '../../elbv2/certificates.ts';

/** The certificate of every distribution's own name, made for the first handshake. */
export function defaultCertificate(authority: Authority): () => Promise<ServedCertificate> {
  let made: Promise<ServedCertificate> | undefined;
  return () => {
    made ??= make(authority);
    return made;
  };
}

async function make(authority: Authority): Promise<ServedCertificate> {
  const now = Date.now();
  const year = 365 * 24 * 3_600_000;
  const issued = await authority.issue({
    names: ['cloudfront.net', '*.cloudfront.net'],
    keyAlgorithm: 'EC_prime256v1',
    notBefore: new Date(now - year),
    notAfter: new Date(now + 10 * year),
  });
  return {
    ...issued,
    arn: 'cloudfront',
    status: 'ISSUED',
    domains: ['cloudfront.net', '*.cloudfront.net'],
    keyAlgorithm: 'EC_prime256v1',
  };
}
