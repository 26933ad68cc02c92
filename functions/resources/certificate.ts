import { ACMClient } from '@aws-sdk/client-acm';
import { client } from '../../aws/clients.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import { certificate } from '../../resources/certificate/certificate.ts';
import { discardRequest, nextRequest } from '../../resources/certificate/discard.ts';
import { releaseCertificates } from '../../resources/certificate/release.ts';
import { requestCertificate } from '../../resources/certificate/request.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';
import { step } from '../shared/steps/step.ts';

/** Requests the certificate of a site, discards a request that timed out, and deletes certificates that are no longer used. */
export const handler = byPhase({
  prepare: preparing('RequestCertificate', certificate, requestCertificate),
  // The validation records stay: ACM names the same ones again (failures A7).
  discard: step('DiscardCertificate', async ({ site, record, environment }) => {
    const { certificateArn } = outputOf(record, 'RequestCertificate');
    const owner = { domain: site.domain, stack: environment.stackName };
    const isGone = await discardRequest(client(ACMClient), { arn: certificateArn, record, owner });
    const output = { certificateArn, ...nextRequest(record, certificateArn) };
    return {
      gone: isGone ? madeOf(record, 'certificate').filter(({ id }) => id === certificateArn) : [],
      output,
      message: `${isGone ? 'Removed' : 'Left'} the certificate ${certificateArn}, which ACM gave up; it is asked for a new one at ${output.askAgainAt}`,
    };
  }),
  release: releasing('RemoveCertificates', {
    resource: certificate,
    applying: releaseCertificates,
    after: 'AwaitCertificate',
  }),
});
