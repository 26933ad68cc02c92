import { type CertificatePlace, PLACES } from '../../domain/certificates/place.ts';
import { foundOf } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import type { Look, Scope } from '../resource.ts';

/** What certificates are read with, and of which site. */
export interface Reading {
  look: Look;
  scope: Scope;
}

/** The site's certificates of other places: a stack may be in CloudFront's region, where the tags are the same. */
export function othersOf({ type }: CertificatePlace, record: SiteRecord | undefined): string[] {
  const others = PLACES.filter((each) => each.type !== type);
  return record ? others.flatMap((each) => foundOf(record, each.type).map(({ id }) => id)) : [];
}
