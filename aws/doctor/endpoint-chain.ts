import type { X509Certificate } from 'node:crypto';
import type { CertificateSeen, ChainSeen } from '../../domain/doctor/seen.ts';
import { chainErrorOf, issued } from '../probes/chain.ts';
import { dnsNames } from '../probes/tls.ts';

/** A certificate as plain facts. */
export function certificateSeen(certificate: X509Certificate): CertificateSeen {
  const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details = {} } = certificate.publicKey;
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: dnsNames(certificate),
    validFrom: certificate.validFromDate,
    validTo: certificate.validToDate,
    serial: certificate.serialNumber,
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    key: {
      type,
      ...(details.modulusLength !== undefined && { bits: details.modulusLength }),
      ...(details.namedCurve !== undefined && { curve: details.namedCurve }),
    },
  };
}

/**
 * Where the certificates as sent lead, dates left aside; `verdict` is OpenSSL's own word where it refuses for a reason that
 * is neither the dates nor the name.
 */
export function chainSeen(
  sent: readonly X509Certificate[],
  { trusted, verdict }: { trusted: readonly X509Certificate[]; verdict?: string | undefined },
): ChainSeen {
  const inOrder = sent.every((certificate, at) => {
    const next = sent[at + 1];
    return next === undefined || issued(next, certificate);
  });
  const error = chainErrorOf(sent, trusted);
  if (error === undefined) return { trust: verdict === undefined ? 'trusted' : 'unusable', inOrder, ...told(verdict) };
  return { trust: distrust(sent, trusted), inOrder, error };
}

const told = (error: string | undefined): { error?: string } => (error === undefined ? {} : { error });

/**
 * Whether an intermediate is missing or the authority is unknown can only be told by what the last certificate says of its
 * issuer: a public authority says where its certificate is found, or is one of those that are trusted by name.
 */
function distrust(
  sent: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
): Exclude<ChainSeen['trust'], 'trusted' | 'unusable'> {
  const [leaf] = sent;
  if (!leaf || leaf.checkIssued(leaf)) return 'selfSigned';
  const last = lastOf(sent, leaf);
  if (last.checkIssued(last)) return 'unknownIssuer';
  // A root of that very name is trusted and did not sign: another authority calls itself the same.
  if (trusted.some((root) => root.subject === last.issuer)) return 'unknownIssuer';
  const organization = organizationOf(last.issuer);
  const known = organization !== undefined && trusted.some((root) => organizationOf(root.subject) === organization);
  const findable = last === leaf && /CA Issuers - URI:http/.test(last.infoAccess ?? '');
  return known || findable ? 'incomplete' : 'unknownIssuer';
}

/** The last certificate of the way up that was sent. */
function lastOf(sent: readonly X509Certificate[], leaf: X509Certificate): X509Certificate {
  let last = leaf;
  for (const _ of sent) {
    const current = last;
    const next = sent.find((candidate) => candidate !== current && issued(candidate, current));
    if (!next) return last;
    last = next;
  }
  return last;
}

const organizationOf = (name: string): string | undefined => /^O=(.*)$/m.exec(name)?.[1];

const oneLine = (name: string): string => name.split('\n').reverse().join(', ');
