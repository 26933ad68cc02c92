import { ACMClient } from '@aws-sdk/client-acm';
import { EC2Client } from '@aws-sdk/client-ec2';
import { listRegions } from '../../aws/accounts/list-regions.ts';
import { type ListedCertificate, listCertificates } from '../../aws/certificates/list-certificates.ts';
import { classify } from '../../aws/classify.ts';
import type { Environment } from '../../aws/environment.ts';
import type { Clients } from '../../aws/one-look.ts';
import { subjectOf } from '../../domain/records/removal.ts';
import { nearRegions } from './users.ts';

/** Regions that are read at once: an account has 17 and more. */
const AT_ONCE = 6;

/** What is known of the certificates of one region; undefined where AWS denies it. */
interface RegionCertificates {
  region: string;
  certificates: ListedCertificate[] | undefined;
}

/**
 * Why validation records may be needed by certificates of the account's other regions: ACM gives a name one record, whatever
 * the region. By the record's name; listed only, since a listing has the names of nearly every certificate.
 */
export async function usersElsewhere(
  records: readonly string[],
  { clients, environment }: { clients: Clients; environment: Pick<Environment, 'region'> },
): Promise<Map<string, string>> {
  if (records.length === 0) return new Map();
  const near = nearRegions(environment);
  const regions = (await listRegions(clients(EC2Client))).filter((region) => !near.has(region));
  const found: RegionCertificates[] = [];
  for (let next = 0; next < regions.length; next += AT_ONCE) {
    const some = regions.slice(next, next + AT_ONCE);
    found.push(...(await Promise.all(some.map((region) => readRegion(region, clients)))));
  }
  return new Map(records.flatMap((record) => whyNeeded(record, found).map((why) => [record, why] as const)));
}

async function readRegion(region: string, clients: Clients): Promise<RegionCertificates> {
  try {
    return { region, certificates: await listCertificates(clients(ACMClient, { region })) };
  } catch (error) {
    // A policy of the organization may deny all of a region.
    if (classify(error)?.name !== 'Refused') throw error;
    return { region, certificates: undefined };
  }
}

function whyNeeded(record: string, regions: readonly RegionCertificates[]): string[] {
  const user = regions.find(({ certificates = [] }) => certificates.some((one) => mayNeed(one, subjectOf(record))));
  if (user) return [`a certificate in the region ${user.region} is validated and renewed by it`];
  const unread = regions.filter(({ certificates }) => !certificates).map(({ region }) => region);
  if (unread.length === 0) return [];
  const which = `${unread.length === 1 ? 'the region' : 'the regions'} ${unread.join(', ')}`;
  return [
    `a certificate in ${which} may be validated and renewed by it: AWS denies "acm:ListCertificates" there. Delete it once you know that none is`,
  ];
}

/** An imported certificate needs no record; an incomplete list of names may hold any. */
function mayNeed({ names, requestedAt }: ListedCertificate, subject: string): boolean {
  return requestedAt !== undefined && (names?.some((name) => name.replace(/^\*\./, '') === subject) ?? true);
}
