import { ACMClient } from '@aws-sdk/client-acm';
import { readCertificateTags } from '../../aws/certificates/certificate-tags.ts';
import { listCertificates } from '../../aws/certificates/list-certificates.ts';
import type { Environment } from '../../aws/environment.ts';
import type { Clients } from '../../aws/one-look.ts';
import { isNobodys } from '../../domain/adoption.ts';
import { HOME, VIEWERS } from '../../domain/certificates/place.ts';
import { type Change, isCreated } from '../../domain/changes/change.ts';
import {
  existingCertificateFindings,
  importedCertificateFinding,
  namedCertificateFindings,
  suitableCertificates,
} from '../../domain/preflight/certificate-findings.ts';
import type { PreflightFinding } from '../../domain/preflight/finding.ts';
import type { Site } from '../../domain/sites/site.ts';
import { readNamedCertificate, readTrust } from './read-named.ts';
import { readStoredCertificate } from './read-stored.ts';

/** As many as are read more closely. */
const MOST_READ = 3;

/**
 * What a plan says of the certificate: that the one which is named is not renewed, or that one could be named. Of a tenant's site
 * nothing is offered: the certificates of others are not for it to see.
 * Those of other sites go when their site goes.
 */
export async function foreseeCertificate(
  { site, changes }: { site: Site; changes: readonly Change[] },
  { clients, environment, now }: { clients: Clients; environment: Environment; now: Date },
): Promise<PreflightFinding[]> {
  // CloudFront serves one of another region besides: none can be named yet.
  if (VIEWERS.names(site).length > 0) return [];
  const secret = HOME.imported(site);
  if (secret !== undefined) {
    const { stored } = await readStoredCertificate(clients, site, environment, now);
    return stored ? [importedCertificateFinding(secret, stored)] : [];
  }
  const acm = clients(ACMClient);
  const { certificate } = await readNamedCertificate(acm, site, environment, now);
  if (certificate) return namedCertificateFindings(certificate);
  if (site.tenant !== undefined || !changes.some((change) => isCreated(change, HOME.type))) return [];
  const listed = await listCertificates(acm, { everyStatus: true });
  const suitable = suitableCertificates(site, listed, now).slice(0, MOST_READ);
  const offered = await Promise.all(suitable.map((each) => isOffered(acm, each)));
  return existingCertificateFindings(suitable.filter((_, place) => offered[place]));
}

async function isOffered(acm: ACMClient, { arn, type }: { arn: string; type: string }): Promise<boolean> {
  if (!isNobodys(await readCertificateTags(acm, arn))) return false;
  return type !== 'IMPORTED' || (await readTrust(acm, arn)).chainError === undefined;
}
