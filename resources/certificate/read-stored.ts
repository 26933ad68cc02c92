import { createHash } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Material, readStored } from '../../aws/certificates/stored-certificate.ts';
import type { Environment } from '../../aws/environment.ts';
import type { Clients } from '../../aws/one-look.ts';
import { trustedRoots } from '../../aws/probes/tls.ts';
import { readSecret, readSecretTags } from '../../aws/secrets/read-secret.ts';
import { importedProblem, kindOfKey } from '../../domain/certificates/imported-certificate.ts';
import type { CertificatePlace } from '../../domain/certificates/place.ts';
import { misplacedSecret, refusedSecret, secretOfNoTenant, secretProblem } from '../../domain/certificates/secret.ts';
import type { FieldError } from '../../domain/problems/problem.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { Imported } from './changes.ts';

/** What a secret holds that can be imported. The material stays where it is used: it gets into no plan, ledger or log. */
export interface Stored extends Imported {
  material: Material;
  /** "RSA_2048", as ACM calls it. */
  key: string;
}

/** Reads the secret that a place of a site imports from, and says why it cannot be served there; nothing where it imports none. */
export async function readStoredCertificate(
  place: CertificatePlace,
  clients: Clients,
  site: Site,
  { region, account, stackName: stack }: Pick<Environment, 'region' | 'account' | 'stackName'>,
  now: Date,
): Promise<{ stored?: Stored; problem?: FieldError }> {
  const arn = place.imported(site);
  if (arn === undefined) return {};
  const misplaced = misplacedSecret(arn, { region, account });
  if (misplaced) return { problem: misplaced };
  const secrets = clients(SecretsManagerClient);
  if (site.tenant !== undefined) {
    const tagged = await readSecretTags(secrets, arn);
    if ('refused' in tagged) return { problem: refusedSecret(arn, tagged.refused, { stack }) };
    const foreign = secretOfNoTenant(arn, tagged.tags, site.tenant);
    if (foreign) return { problem: foreign };
  }
  const read = await readSecret(secrets, arn);
  if ('refused' in read) return { problem: refusedSecret(arn, read.refused, { stack }) };
  const stored = readStored(read.text, trustedRoots());
  const why = importedProblem(stored.seen, { names: place.names(site), place, now });
  if (why !== undefined) return { problem: secretProblem(arn, why) };
  if (!('material' in stored)) return {};
  const [leaf] = stored.seen.certificates;
  const fingerprint = fingerprintOf(stored.seen.certificates.map((each) => each.fingerprint));
  return { stored: { material: stored.material, fingerprint, endsAt: leaf.validTo, key: kindOfKey(leaf) } };
}

/** Of a certificate and its chain. */
export function fingerprintOf(fingerprints: readonly string[]): string {
  return createHash('sha256').update(fingerprints.join(' ')).digest('hex');
}
