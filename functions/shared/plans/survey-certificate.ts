import type { Environment } from '../../../aws/environment.ts';
import type { Clients } from '../../../aws/one-look.ts';
import { type CertificatePlace, HOME, VIEWERS } from '../../../domain/certificates/place.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { readNamedCertificate } from '../../../resources/certificate/read-named.ts';
import { readStoredCertificate } from '../../../resources/certificate/read-stored.ts';

interface Surveying {
  clients: Clients;
  environment: Environment;
  now: Date;
}

/**
 * What keeps the certificate that the document names from being served where it is to be. Where the document does not say which one
 * the load balancer behind a CDN serves, the site says so afterwards: the same, if nothing keeps it from that.
 */
export async function surveyCertificate(
  site: Site,
  surveying: Surveying,
): Promise<{ site: Site; problem?: FieldError }> {
  if (!site.certificate) return { site };
  const problem = (await problemAt(VIEWERS, site, surveying)) ?? (await problemAt(HOME, site, surveying));
  if (problem) return { site, problem };
  const { cdn } = site;
  if (!cdn || cdn.originCertificate !== undefined || HOME.names(site).length === 0) return { site };
  const same: Site = { ...site, cdn: { ...cdn, originCertificate: 'same' } };
  if (!(await problemAt(HOME, same, surveying))) return { site: same };
  return { site: { ...site, cdn: { ...cdn, originCertificate: 'requested' } } };
}

async function problemAt(
  place: CertificatePlace,
  site: Site,
  { clients, environment, now }: Surveying,
): Promise<FieldError | undefined> {
  const [named, stored] = await Promise.all([
    readNamedCertificate(place, clients, site, environment, now),
    readStoredCertificate(place, clients, site, environment, now),
  ]);
  return named.problem ?? stored.problem;
}
