import type { X509Certificate } from 'node:crypto';

/** Longest chain that is followed. */
const MAX_CERTIFICATES = 10;

/**
 * Looks, dates left aside, whether the certificates as sent lead from the first to a trusted root. OpenSSL tells one
 * error only, and a date error may stand before a worse one.
 *
 * @returns OpenSSL's code for what is wrong, or undefined
 */
export function chainErrorOf(
  sent: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
): string | undefined {
  let certificate = sent[0];
  if (!certificate) return 'NO_CERTIFICATE';
  for (let step = 0; step < MAX_CERTIFICATES; step += 1) {
    const current: X509Certificate = certificate;
    if (trusted.some((root) => root.fingerprint256 === current.fingerprint256)) return undefined;
    if (trusted.some((root) => issued(root, current))) return undefined;
    if (current.checkIssued(current)) return step === 0 ? 'DEPTH_ZERO_SELF_SIGNED_CERT' : 'SELF_SIGNED_CERT_IN_CHAIN';
    certificate = sent.find((candidate) => candidate !== current && issued(candidate, current));
    if (!certificate) return step === 0 ? 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' : 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY';
  }
  return 'CERT_CHAIN_TOO_LONG';
}

export function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
