import { type CertificatePlace, namedRecords, PLACES } from '../certificates/place.ts';
import type { ValidationRecord } from '../certificates/validation-record.ts';
import { edgeOf } from '../edges/edge.ts';
import { doneIn } from '../ledger/outputs.ts';
import type { SiteRecord } from '../ledger/site-record.ts';
import type { Site } from '../sites/site.ts';
import type { CertificateItem } from './certificate-item.ts';

const HOUR_MS = 3_600_000;

/** A certificate of ACM that a site has. */
export interface SiteCertificate {
  arn: string;
  place: CertificatePlace;
  /** The names that the site has it for. */
  names: string[];
  /** Who sees it. */
  shownAs: CertificateItem['place'];
  /** In sentences. */
  what: string;
  /** What a person does before it expires; undefined where ACM renews it. */
  byHand?: string;
  /** Whether a person exports it for a server. */
  isExported: boolean;
  /** What ACM validates its names by; none of one that the site has not requested. */
  records: ValidationRecord[];
  /**
   * How long what serves it may take to take a new one over. CloudFront may take a day (ACM User Guide, "Managed certificate renewal";
   * checked 2026-11-30); a load balancer takes minutes or some hours, which is documented nowhere. A person takes days.
   */
  rolledOutWithinMs: number;
}

/** The certificates of ACM that the steps of a site have left, those of existing resources and imported ones included. */
export function siteCertificates(record: SiteRecord, site: Site): SiteCertificate[] {
  const known = doneIn(record);
  return PLACES.flatMap((place) => {
    const arn = known[place.request]?.certificateArn;
    if (arn === undefined || (place.names(site).length === 0 && place.named(site) === undefined)) return [];
    const isExported = place.exportable(site);
    const byHand = byHandOf(place, site);
    const shownAs = shownOf(place, site);
    return [
      {
        arn,
        place,
        names: place.names(site),
        shownAs,
        what: isExported ? 'the certificate of the server' : WORDS[shownAs],
        ...(byHand !== undefined && { byHand }),
        isExported,
        records: namedRecords(known, [place]),
        rolledOutWithinMs: (isExported ? 72 : place.type === 'viewer certificate' ? 24 : 6) * HOUR_MS,
      },
    ];
  });
}

const WORDS: Record<CertificateItem['place'], string> = {
  edge: 'the certificate that viewers see',
  origin: 'the certificate that CloudFront meets at the load balancer',
  page: 'the certificate of the maintenance page',
};

function shownOf({ type }: CertificatePlace, site: Site): CertificateItem['place'] {
  const behindCdn = edgeOf(site).servedBy === 'distribution';
  if (type === 'viewer certificate') return behindCdn ? 'edge' : 'page';
  return behindCdn ? 'origin' : 'edge';
}

function byHandOf(place: CertificatePlace, site: Site): string | undefined {
  const secret = place.imported(site);
  if (secret !== undefined) return `Store its successor in the secret ${secret}, then declare the site again`;
  const named = place.named(site);
  if (named !== undefined)
    return `It is not the site's: where it was imported, import its successor under the same ARN, ${named}`;
  return place.exportable(site) ? 'Export it from ACM and install it on the server (docs/server-kit.md)' : undefined;
}
