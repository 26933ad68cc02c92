import type { ACMClient } from '@aws-sdk/client-acm';
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
import { acmIn } from './acm-in.ts';
import { readNamedCertificate, readTrust } from './read-named.ts';
import { readStoredCertificate } from './read-stored.ts';

/** As many as are read more closely. */
const MOST_READ = 3;

/**
 * What a plan says of the certificate that viewers see: that the one which is named is not renewed, or that one could be named. Of a
 * tenant's site nothing is offered: the certificates of others are not for it to see. Those of other sites are deleted with their site.
 */
export async function foreseeCertificate(
  { site, changes }: { site: Site; changes: readonly Change[] },
  { clients, environment, now }: { clients: Clients; environment: Environment; now: Date },
): Promise<PreflightFinding[]> {
  // What the document names is seen by viewers, wherever they connect.
  const place = VIEWERS.names(site).length > 0 ? VIEWERS : HOME;
  const secret = place.imported(site);
  if (secret !== undefined) {
    const { stored } = await readStoredCertificate(place, clients, site, environment, now);
    return stored ? [importedCertificateFinding(secret, stored)] : [];
  }
  const { certificate } = await readNamedCertificate(place, clients, site, environment, now);
  if (certificate) return namedCertificateFindings(certificate);
  // A server's own is what the document asks for.
  if (typeof site.certificate === 'string') return [];
  if (site.tenant !== undefined || !changes.some((change) => isCreated(change, place.type))) return [];
  const acm = acmIn(place, { clients, environment });
  const listed = await listCertificates(acm, { everyStatus: true });
  const suitable = suitableCertificates(listed, { names: place.names(site), keys: place.keys, now }).slice(
    0,
    MOST_READ,
  );
  const offered = await Promise.all(suitable.map((each) => isOffered(acm, each)));
  return existingCertificateFindings(suitable.filter((_, place) => offered[place]));
}

async function isOffered(acm: ACMClient, { arn, type }: { arn: string; type: string }): Promise<boolean> {
  if (!isNobodys(await readCertificateTags(acm, arn))) return false;
  return type !== 'IMPORTED' || (await readTrust(acm, arn)).chainError === undefined;
}
