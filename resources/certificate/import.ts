import { importInto } from '../../aws/certificates/import-certificate.ts';
import { oneShotClient } from '../../aws/clients.ts';
import type { CertificatePlace } from '../../domain/certificates/place.ts';
import type { Generation } from '../../domain/certificates/request.ts';
import type { Verb } from '../../domain/changes/change.ts';
import { Failure } from '../../domain/errors.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applied, Doing } from '../resource.ts';
import { siteOf } from '../scope.ts';
import { acmIn } from './acm-in.ts';
import type { SeenCertificates } from './changes.ts';
import { readStoredCertificate } from './read-stored.ts';
import { madeFor } from './standing.ts';

interface Importing {
  place: CertificatePlace;
  actual: SeenCertificates;
  verb: Verb;
  doing: Doing;
  generation: Generation;
}

/**
 * Imports what the secret holds: tagged as ours, or under the ARN of what was imported before. The secret is read again: nothing of it
 * is carried from the decision to here.
 */
export async function importCertificate({
  place,
  actual,
  verb,
  doing,
  generation,
}: Importing): Promise<Applied<SeenCertificates>> {
  const { scope, clients, environment, keep } = doing;
  const { stored, problem } = await readStoredCertificate(place, clients, siteOf(scope), environment, scope.now);
  if (!stored)
    throw new Failure('Misconfigured', problem?.detail ?? 'Cannot import the certificate: the secret names none');
  const { material, fingerprint, endsAt } = stored;
  const imported = { fingerprint, endsAt };
  if (verb === 'update' && actual.chosen) {
    const { arn } = actual.chosen;
    await importInto(acmIn(place, doing), { ...material, arn });
    const chosen = { ...actual.chosen, status: 'ISSUED', imported };
    return { actual: { ...actual, chosen, source: imported }, message: `Imported the ${place.type} anew under ${arn}` };
  }
  const tags = ownerTags(scope.owner);
  // Sent once: ACM would import it a second time after a lost answer. The next run finds it by its tags.
  const arn = await importInto(acmIn(place, { clients: oneShotClient, environment }), { ...material, tags });
  await keep(madeFor(arn, { type: place.type, ...generation }, imported));
  const chosen = { arn, tags, status: 'ISSUED', records: [], imported };
  return { actual: { ...actual, chosen, source: imported }, message: `Imported the ${place.type} ${arn}` };
}
