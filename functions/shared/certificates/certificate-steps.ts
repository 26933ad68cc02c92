import { client } from '../../../aws/clients.ts';
import type { CertificatePlace } from '../../../domain/certificates/place.ts';
import { madeOf } from '../../../domain/ledger/made-of.ts';
import { outputOf } from '../../../domain/ledger/outputs.ts';
import { acmIn } from '../../../resources/certificate/acm-in.ts';
import { type CertificateResource, certificateIn } from '../../../resources/certificate/certificate.ts';
import { discardRequest, nextRequest } from '../../../resources/certificate/discard.ts';
import { readImport } from '../../../resources/certificate/read-import.ts';
import { releaseCertificates } from '../../../resources/certificate/release.ts';
import { requestCertificate } from '../../../resources/certificate/request.ts';
import { byPhase, preparing, releasing } from '../steps/resource-step.ts';
import { step } from '../steps/step.ts';

/** Requests the certificate of a place, discards a request that timed out, and deletes certificates that are no longer used. */
export function certificateSteps(place: CertificatePlace) {
  const { type } = place;
  const resource = reading(certificateIn(place));
  return byPhase({
    prepare: preparing(place.request, resource, requestCertificate(place)),
    // The validation records stay: ACM names the same ones again (failures A7).
    discard: step(place.discard, async ({ site, record, environment }) => {
      const { certificateArn: arn } = outputOf(record, place.request);
      const owner = { domain: site.domain, stack: environment.stackName };
      const acm = acmIn(place, { clients: client, environment });
      const isGone = await discardRequest(acm, { arn, place, record, owner });
      const output = { certificateArn: arn, ...nextRequest(record, { arn, place }) };
      return {
        gone: isGone ? madeOf(record, type).filter(({ id }) => id === arn) : [],
        output,
        message: `${isGone ? 'Removed' : 'Left'} the ${type} ${arn}, which ACM gave up; it is asked for a new one at ${output.askAgainAt}`,
      };
    }),
    release: releasing(place.remove, {
      resource,
      applying: releaseCertificates(place),
      after: place.wait,
    }),
  });
}

/** The certificate as what prepares it reads it. */
const reading = (resource: CertificateResource): CertificateResource => ({
  ...resource,
  read: (look, scope) => resource.read({ ...look, readImport }, scope),
});
