import { ACMClient } from '@aws-sdk/client-acm';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { type ListedCertificate, listCertificates } from '../../aws/certificates/list-certificates.ts';
import type { Environment } from '../../aws/environment.ts';
import type { Clients } from '../../aws/one-look.ts';
import { CLOUDFRONT_REGION, PLACES } from '../../domain/certificates/place.ts';
import { canonicalRecordName, type RecordSet } from '../../domain/records/record-set.ts';
import { isAtOrBelow } from '../../domain/zones/longest-match.ts';
import type { Scope } from '../resource.ts';

const RENEWED = 'a certificate of the account that stays is validated and renewed by it';

/** The regions where certificates of the account are looked at one by one. */
export function nearRegions({ region }: Pick<Environment, 'region'>): Set<string> {
  return new Set([region, CLOUDFRONT_REGION]);
}

/**
 * Why certificates of the account still need validation records, by the record's name, once those that were deleted are gone (failures
 * A14). In the function's region and CloudFront's: a plan has few reads, and says on which condition a record is deleted.
 */
export async function usersOf(
  sets: readonly Pick<RecordSet, 'name'>[],
  {
    clients,
    environment: { region },
    scope: { known },
  }: { clients: Clients; environment: Pick<Environment, 'region'>; scope: Pick<Scope, 'known'> },
): Promise<Map<string, string>> {
  const needed = new Map<string, string>();
  if (sets.length === 0) return needed;
  // ACM may list for a while what it has deleted.
  const removed = PLACES.flatMap(({ remove }) => known[remove]?.removed ?? []);
  for (const each of nearRegions({ region })) {
    const acm = each === region ? clients(ACMClient) : clients(ACMClient, { region: each });
    const listed = (await listCertificates(acm)).filter(({ arn }) => !removed.includes(arn));
    for (const { arn } of listed.filter((one) => mayNeed(one, sets))) {
      const certificate = await describeCertificate(acm, arn);
      for (const { record } of certificate?.validation ?? [])
        if (record) needed.set(canonicalRecordName(record.name), RENEWED);
    }
  }
  return needed;
}

/** "_x.shop.example.test" validates "shop.example.test" and "*.shop.example.test"; an unknown list of names may hold either. */
function mayNeed({ names }: ListedCertificate, sets: readonly Pick<RecordSet, 'name'>[]): boolean {
  return names?.some((name) => sets.some((set) => isAtOrBelow(set.name, name.replace(/^\*\./, '')))) ?? true;
}
