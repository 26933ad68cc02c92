import { ACMClient } from '@aws-sdk/client-acm';
import { listCertificates } from '../../aws/certificates/list-certificates.ts';
import type { Environment } from '../../aws/environment.ts';
import type { Clients } from '../../aws/one-look.ts';
import { type Change, isCreated } from '../../domain/changes/change.ts';
import { namedCertificateFindings, standingCertificateFindings } from '../../domain/preflight/certificate-findings.ts';
import type { PreflightFinding } from '../../domain/preflight/finding.ts';
import type { Site } from '../../domain/sites/site.ts';
import { TYPE } from './changes.ts';
import { readNamedCertificate } from './read-named.ts';

/**
 * What a plan says of the certificate: that the one which is named is not renewed, or that one could be named. Of a tenant's site
 * nothing is offered: the certificates of others are not for it to see.
 */
export async function foreseeCertificate(
  { site, changes }: { site: Site; changes: readonly Change[] },
  { clients, environment }: { clients: Clients; environment: Environment },
): Promise<PreflightFinding[]> {
  const acm = clients(ACMClient);
  const { certificate } = await readNamedCertificate(acm, site, environment);
  if (certificate) return namedCertificateFindings(certificate);
  if (site.tenant !== undefined || !changes.some((change) => isCreated(change, TYPE))) return [];
  return standingCertificateFindings(site, await listCertificates(acm, { everyStatus: true }));
}
