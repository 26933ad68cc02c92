import { ACMClient } from '@aws-sdk/client-acm';
import { tagCertificate } from '../../aws/certificates/certificate-tags.ts';
import { requestCertificate as askFor } from '../../aws/certificates/request-certificate.ts';
import { client } from '../../aws/clients.ts';
import { outcomeOf } from '../../domain/certificates/outcome.ts';
import { certificateRequest, type Generation } from '../../domain/certificates/request.ts';
import { Failure } from '../../domain/errors.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applying, Doing } from '../resource.ts';
import { certificate } from './certificate.ts';
import type { DesiredCertificate, SeenCertificates } from './changes.ts';
import { generationOf } from './generation.ts';
import { readNamedCertificate } from './read-named.ts';
import { madeFor, standingCertificates } from './standing.ts';

/** Requests the certificate, or adopts one, and waits until ACM has named a validation record for every name. */
export const requestCertificate: Applying<DesiredCertificate, SeenCertificates> = {
  standing: standingCertificates,

  async apply({ verb }, actual, doing) {
    const { scope, keep } = doing;
    const acm = client(ACMClient);
    const generation = generationIn(doing);
    const tags = ownerTags(scope.owner);
    if (verb === 'adopt' && actual.chosen) {
      const { arn, tags: before } = actual.chosen;
      // Remembered before it is touched.
      await keep({ ...madeFor(arn, generation), before: { tags: before } });
      await tagCertificate(acm, { arn, tags });
      const chosen = { ...actual.chosen, tags: { ...before, ...tags } };
      return { actual: { ...actual, chosen }, message: `Adopted the certificate ${arn}` };
    }
    const arn = await askFor(acm, { ...certificateRequest(namesIn(doing), generation), tags });
    await keep(madeFor(arn, generation));
    return { actual: { ...actual, chosen: { arn, tags } }, message: `Requested the certificate ${arn}` };
  },

  // The records come seconds after the request (failures A1); one that the document names has to be as good as it was declared.
  async after({ chosen: { status, ...chosen } = { arn: '', tags: {} } }, doing) {
    const { site } = doing.scope;
    const { problem } = site
      ? await readNamedCertificate(client(ACMClient), site, doing.environment, doing.scope.now)
      : {};
    if (problem) throw new Failure('Misconfigured', problem.detail);
    const outcome = status !== undefined && outcomeOf({ ...chosen, status, names: namesIn(doing) });
    if (outcome && outcome.state === 'failed') throw new Failure(outcome.name, outcome.message);
    if (!chosen.records) throw new Failure('NotReady', 'Waiting until ACM names a validation record for each name');
  },

  outcome(_, doing) {
    const named = doing.scope.site?.certificate?.arn;
    const names = namesIn(doing).map((name) => `"${name}"`);
    if (named !== undefined) return { message: `The certificate ${named} is issued for ${names.join(', ')}` };
    return { message: `ACM has the request for ${names.join(', ')} and has named its validation records` };
  },
};

function namesIn({ scope }: Doing): string[] {
  return certificate.desired(scope).flatMap(({ names }) => names);
}

function generationIn({ scope: { record, owner } }: Doing): Generation {
  if (!record) throw new Error(`Cannot request a certificate for "${owner.domain}": the ledger has no such site`);
  return generationOf(record);
}
