import { coveredNames, edgeOf, needsResource, servesNamed } from '../edges/edge.ts';
import type { StepOutputs } from '../ledger/outputs.ts';
import { servedNames } from '../sites/served-names.ts';
import type { Site } from '../sites/site.ts';
import { acmeNames, serverNames, usesExport } from './server-names.ts';
import { storedCertificate } from './stored-certificate.ts';
import type { ValidationRecord } from './validation-record.ts';

/** Where CloudFront takes certificates from. Source: ACM User Guide, "Supported Regions", checked 2026-11-22 (failures A22). */
export const CLOUDFRONT_REGION = 'us-east-1';

/** Names that ACM validates by DNS, and the steps that ask for it and write its records. */
export interface ValidatedPlace {
  /** None where the site needs none there. */
  names: (site: Site) => string[];
  /** The ARN of an existing certificate that the document names. */
  named: (site: Site) => string | undefined;
  /** The ARN of the secret that it is imported from. */
  imported: (site: Site) => string | undefined;
  request: 'RequestCertificate' | 'RequestViewerCertificate' | 'RequestDomainValidations';
  write: 'WriteValidationRecords' | 'WriteViewerValidationRecords' | 'WriteServerValidationRecords';
}

/** One of the certificates that a site may have: where it is, which names it covers, and the steps that it is requested and removed by. */
export interface CertificatePlace extends ValidatedPlace {
  type: 'certificate' | 'viewer certificate';
  /** Left out: the region of the stack. */
  region?: string;
  /** After the type, in messages: " in us-east-1". */
  where: string;
  /** What serves it, in sentences. */
  server: string;
  /** Whether its private key is to leave ACM: what is requested so costs, and no other can be exported. */
  exportable: (site: Site) => boolean;
  /** The kinds of keys that it takes; left out: all that ACM takes. */
  keys?: readonly string[];
  request: 'RequestCertificate' | 'RequestViewerCertificate';
  write: 'WriteValidationRecords' | 'WriteViewerValidationRecords';
  wait: 'AwaitCertificate' | 'AwaitViewerCertificate';
  discard: 'DiscardCertificate' | 'DiscardViewerCertificate';
  remove: 'RemoveCertificates' | 'RemoveViewerCertificates';
}

const certifiedHere = (site: Site): string[] => (usesExport(site) ? serverNames(site) : coveredNames(site));

/** What load balancers serve, and what is exported for a server: in the region of the stack. */
export const HOME: CertificatePlace = {
  type: 'certificate',
  where: '',
  server: 'a load balancer',
  exportable: usesExport,
  names: (site) => (needsResource(site, 'certificate') ? certifiedHere(site) : []),
  named: (site) => (servesNamed(site) ? storedCertificate(site)?.arn : undefined),
  imported: (site) => (servesNamed(site) ? storedCertificate(site)?.imported?.secret : undefined),
  request: 'RequestCertificate',
  write: 'WriteValidationRecords',
  wait: 'AwaitCertificate',
  discard: 'DiscardCertificate',
  remove: 'RemoveCertificates',
};

const seenByViewers = (site: Site): boolean => needsResource(site, 'viewer certificate');

/** What CloudFront serves to viewers. */
export const VIEWERS: CertificatePlace = {
  type: 'viewer certificate',
  region: CLOUDFRONT_REGION,
  where: ` in ${CLOUDFRONT_REGION}`,
  server: 'CloudFront',
  exportable: () => false,
  // No ECDSA but P-256 (failures A21), and of RSA what browsers trust. Source: ACM User Guide, "Prerequisites for importing ACM
  // certificates"; checked 2026-11-30.
  keys: ['RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1'],
  names: (site) => (seenByViewers(site) ? servedNames(site) : []),
  named: (site) => {
    const { arn } = storedCertificate(site) ?? {};
    // One of the load balancer that CloudFront does not take has another beside it.
    const isTaken = edgeOf(site).servedBy === 'distribution' || arn?.split(':')[3] === CLOUDFRONT_REGION;
    return seenByViewers(site) && isTaken ? arn : undefined;
  },
  imported: (site) => (seenByViewers(site) ? storedCertificate(site)?.imported?.secret : undefined),
  request: 'RequestViewerCertificate',
  write: 'WriteViewerValidationRecords',
  wait: 'AwaitViewerCertificate',
  discard: 'DiscardViewerCertificate',
  remove: 'RemoveViewerCertificates',
};

export const PLACES: readonly CertificatePlace[] = [HOME, VIEWERS];

/** What a server requests itself: its names are validated for the ACME endpoint of the stack, by records of their own. */
export const SERVERS: ValidatedPlace = {
  names: acmeNames,
  named: () => undefined,
  imported: () => undefined,
  request: 'RequestDomainValidations',
  write: 'WriteServerValidationRecords',
};

/** Everything that ACM validates by records in DNS. */
export const VALIDATED: readonly ValidatedPlace[] = [...PLACES, SERVERS];

/** The names that ACM is asked to certify there; none where the document names a certificate. */
export function requestedNames({ names, named, imported }: ValidatedPlace, site: Site): string[] {
  return named(site) === undefined && imported(site) === undefined ? names(site) : [];
}

/** All names of a site that Amazon issues a certificate for: CAA has to allow it. */
export function issuedNames(site: Site): string[] {
  return [...new Set(VALIDATED.flatMap((place) => requestedNames(place, site)))];
}

/** How many names ACM is asked to put on one certificate of a site at most. */
export const mostNames = (site: Site): number => Math.max(...PLACES.map((place) => requestedNames(place, site).length));

/** The validation records that ACM has named for a site by now, in the steps that are told; each name's once. */
export function namedRecords(
  known: Partial<Pick<StepOutputs, ValidatedPlace['request']>>,
  places: readonly ValidatedPlace[] = VALIDATED,
): ValidationRecord[] {
  const all = places.flatMap(({ request }) => known[request]?.records ?? []);
  return [...new Map(all.map((record) => [`${record.domain} ${record.name}`, record])).values()];
}
