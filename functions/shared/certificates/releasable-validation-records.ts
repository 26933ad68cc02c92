import { ACMClient } from '@aws-sdk/client-acm';
import { describeCertificate } from '../../../aws/certificates/describe-certificate.ts';
import { type ListedCertificate, listCertificates } from '../../../aws/certificates/list-certificates.ts';
import { client } from '../../../aws/clients.ts';
import type { Clients } from '../../../aws/one-look.ts';
import type { Leaving } from '../../../domain/ledger/leaving.ts';
import { formerIn, writtenTo } from '../../../domain/ledger/made-of.ts';
import { canonicalRecordName, type RecordSet } from '../../../domain/records/record-set.ts';
import {
  planValidationRemoval,
  type RemovalPlan,
  subjectOf,
  validationAmong,
} from '../../../domain/records/removal.ts';
import type { ZoneView } from '../../../domain/records/zone-view.ts';
import { isAtOrBelow } from '../../../domain/zones/longest-match.ts';
import type { ViewedZone } from '../../../resources/record/zone-views.ts';
import { neededElsewhere } from './other-regions.ts';

/** Where CloudFront's certificates are, beside those of the function's own region. Source: ACM User Guide, checked 2026-11-22. */
const CLOUDFRONT_REGION = 'us-east-1';

const RENEWED = 'a certificate of the account that stays is validated and renewed by it';

interface Asked {
  /** The function's own. */
  region: string;
  /** Certificates that are deleted before. */
  going?: readonly string[];
  /**
   * Whether to look in every other region too, at a call each: the step that deletes does. A plan has few reads, and says on
   * which condition the record is deleted.
   */
  everyRegion?: boolean;
  clients?: Clients;
}

/**
 * How the validation records that we wrote go from a zone, except those that our own certificate needs, or another one of
 * the account (failures, finding 2, A14).
 */
export async function validationRemoval(
  { id, names }: Pick<ViewedZone, 'id' | 'names'>,
  { record, owner, kept, ...asked }: Leaving & Asked,
): Promise<(view: ZoneView) => Omit<RemovalPlan, 'dangling'>> {
  const written = writtenTo(record, id).filter((set) => !kept.certified.includes(subjectOf(set.name)));
  const ours = validationAmong(written);
  const needed = ours.length > 0 ? await validatedBy(ours, asked) : new Map<string, string>();
  const free = names.filter((name) => !kept.names.includes(name));
  return (view) =>
    planValidationRemoval(view, {
      names: free,
      owner,
      written,
      former: formerIn(record, id),
      needs: (name) => needed.get(name),
    });
}

/** Why certificates of the account still need validation records, by the record's name, once those that are deleted are gone. */
export async function validatedBy(
  ours: readonly Pick<RecordSet, 'name'>[],
  { region, going = [], everyRegion = false, clients = client }: Asked,
): Promise<Map<string, string>> {
  const near = new Set([region, CLOUDFRONT_REGION]);
  const needed = new Map<string, string>();
  for (const each of near) {
    const acm = each === region ? clients(ACMClient) : clients(ACMClient, { region: each });
    const listed = (await listCertificates(acm)).filter(({ arn }) => !going.includes(arn));
    for (const { arn } of listed.filter((one) => mayNeed(one, ours))) {
      const certificate = await describeCertificate(acm, arn);
      for (const { record } of certificate?.validation ?? [])
        if (record) needed.set(canonicalRecordName(record.name), RENEWED);
    }
  }
  if (!everyRegion) return needed;
  const rest = ours.map(({ name }) => name).filter((name) => !needed.has(name));
  for (const [name, why] of await neededElsewhere(rest, { known: near, clients })) needed.set(name, why);
  return needed;
}

/** "_x.shop.example.test" validates "shop.example.test" and "*.shop.example.test"; an unknown list of names may hold either. */
function mayNeed({ names }: ListedCertificate, ours: readonly Pick<RecordSet, 'name'>[]): boolean {
  return names?.some((name) => ours.some((set) => isAtOrBelow(set.name, name.replace(/^\*\./, '')))) ?? true;
}
