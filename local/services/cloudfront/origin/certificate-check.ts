import { X509Certificate } from 'node:crypto';
import { isInOrder } from './sent-certificates.ts';

/**
 * The curves that the key of an origin's certificate may be on: those of the key exchange hold for it too (RFC 8422, section 5.1.1).
 * Source: CloudFront Developer Guide, "Supported protocols and ciphers between CloudFront and the origin"; checked 2026-11-29.
 */
const CURVES = ['prime256v1', 'secp384r1'];

/** OpenSSL judges dates by the machine's clock; AWS time is another. */
const DATE_ERRORS = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];

interface Judging {
  /** OpenSSL's own code, "" where it is content. */
  verdict: string;
  /** One of them must be the certificate's. */
  names: readonly string[];
  now: Date;
  /** PEM. */
  authorities: readonly string[];
}

/** Whether CloudFront takes what an origin sent: trusted, complete, in order, valid at that time, for the name, a key it knows. */
export function isAccepted(sent: readonly X509Certificate[], { verdict, names, now, authorities }: Judging): boolean {
  const [leaf] = sent;
  if (!leaf) return false;
  const { asymmetricKeyDetails: { namedCurve } = {} } = leaf.publicKey;
  return (
    names.some((name) => leaf.checkHost(name) !== undefined) &&
    isInOrder(sent) &&
    sent.every(({ validFromDate, validToDate }) => validFromDate <= now && now <= validToDate) &&
    (namedCurve === undefined || CURVES.includes(namedCurve)) &&
    (verdict === '' || (DATE_ERRORS.includes(verdict) && leadsTo(sent, authorities)))
  );
}

/** Whether certificates that are in order end at a trusted one: what OpenSSL does not say beside a date. */
function leadsTo(sent: readonly X509Certificate[], authorities: readonly string[]): boolean {
  const roots = authorities.map((pem) => new X509Certificate(pem));
  const last = sent.at(-1);
  const signed = sent.slice(1).every((issuer, at) => issuer.ca && sent[at]?.verify(issuer.publicKey));
  return (
    signed &&
    roots.some(
      (root) =>
        root.fingerprint256 === last?.fingerprint256 || (last?.checkIssued(root) && last.verify(root.publicKey)),
    )
  );
}
