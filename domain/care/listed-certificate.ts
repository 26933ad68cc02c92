import { idOf } from './alert.ts';
import type { CertificateItem } from './certificate-item.ts';
import type { LookedAt } from './settle.ts';
import type { SiteCertificate } from './site-certificates.ts';
import { type AcmCertificate, plainSerial, type ServedCertificate } from './watched-certificate.ts';

interface Listing {
  item: LookedAt;
  now: Date;
}

/** A certificate of ACM as it is listed; undefined of one that has no end. */
export function listedOfAcm(
  {
    certificate,
    own,
    served,
    region,
  }: { certificate: AcmCertificate; own: SiteCertificate; served: readonly ServedCertificate[]; region: string },
  { item, now }: Listing,
): CertificateItem | undefined {
  const { arn, type, validFrom, validTo, detail } = certificate;
  if (!validFrom || !validTo) return undefined;
  const { names = served[0]?.names ?? own.names } = detail ?? {};
  return {
    ...placed(item, arn),
    arn,
    region,
    place: own.shownAs,
    names,
    type,
    validFrom: validFrom.toISOString(),
    validTo: validTo.toISOString(),
    renewal: renewalOf(certificate),
    servedAt: served.map(({ name, address }) => ({ name, address })),
    seenAt: now.toISOString(),
  };
}

/** One that only the server has, as it serves it. */
export function listedOfServer(
  served: readonly [ServedCertificate, ...ServedCertificate[]],
  { item, now }: Listing,
): CertificateItem {
  const [{ names, serial, validFrom, validTo }] = served;
  return {
    ...placed(item, plainSerial(serial)),
    place: 'edge',
    names,
    type: 'SERVER',
    validFrom: validFrom.toISOString(),
    validTo: validTo.toISOString(),
    renewal: 'by-server',
    servedAt: served.map(({ name, address }) => ({ name, address })),
    seenAt: now.toISOString(),
  };
}

function placed({ domain, site }: LookedAt, subject: string): Pick<CertificateItem, 'id' | 'domain' | 'tenant'> {
  return { id: idOf(domain, subject), domain, ...(site.tenant !== undefined && { tenant: site.tenant }) };
}

function renewalOf({ type, isEligible, detail }: AcmCertificate): CertificateItem['renewal'] {
  if (type === 'IMPORTED') return 'by-hand';
  const status = detail?.renewal?.status;
  if (status === 'PENDING_VALIDATION' || status === 'FAILED') return 'failing';
  if (!isEligible) return 'not-eligible';
  return status === 'PENDING_AUTO_RENEWAL' ? 'running' : 'automatic';
}
