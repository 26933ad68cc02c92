import { ACMClient } from '@aws-sdk/client-acm';
import { readCertificateTags } from '../../aws/certificates/certificate-tags.ts';
import { deleteCertificate } from '../../aws/certificates/delete-certificate.ts';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { client } from '../../aws/clients.ts';
import { beforeOf, madeOf } from '../../domain/ledger/made-of.ts';
import { outputIfDone, outputOf, stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { isOwnedBy, type Owner } from '../../domain/ownership.ts';
import { requestNumber } from '../shared/certificates/certificate-requests.ts';
import { step } from '../shared/steps/step.ts';

/**
 * Deletes a request that ACM has given up, which nothing brings back to life, and says when the next one is due (failures
 * A7). The validation records stay: ACM wants the same ones again.
 */
export const handler = step('DiscardCertificate', async ({ site, record, environment }) => {
  const { certificateArn } = outputOf(record, 'RequestCertificate');
  const owner = { domain: site.domain, stack: environment.stackName };
  const isGone = await discard(client(ACMClient), { arn: certificateArn, record, owner });
  const output = { certificateArn, ...whatFollows(record, certificateArn) };
  return {
    gone: isGone ? madeOf(record, 'certificate').filter(({ id }) => id === certificateArn) : [],
    output,
    message: `${isGone ? 'Removed' : 'Left'} the certificate ${certificateArn}, which ACM gave up; it is asked for a new one at ${output.askAgainAt}`,
  };
});

/** Deletes it if it is a dead request of ours. Whether it is gone then. */
async function discard(
  acm: ACMClient,
  { arn, record, owner }: { arn: string; record: SiteRecord; owner: Owner },
): Promise<boolean> {
  const certificate = await describeCertificate(acm, arn);
  if (!certificate) return true;
  const isDead = certificate.status === 'VALIDATION_TIMED_OUT' && certificate.inUseBy.length === 0;
  const isAdopted = beforeOf(record, 'certificate', arn) !== undefined;
  if (!isDead || isAdopted || !isOwnedBy(owner, await readCertificateTags(acm, arn))) return false;
  await deleteCertificate(acm, arn);
  return true;
}

/** As the step that waited has decided it. A second run says the same again. */
function whatFollows(record: SiteRecord, arn: string): { askAgainAt: string; nextRequest: number } {
  const before = outputIfDone(record, 'DiscardCertificate');
  if (before?.certificateArn === arn) return before;
  const askAgainAt = stepOf(record, 'AwaitCertificate')?.waitingUntil;
  if (askAgainAt === undefined) {
    throw new Error(`Cannot discard the certificate "${arn}": "AwaitCertificate" has not said when ACM is asked anew`);
  }
  return { askAgainAt, nextRequest: requestNumber(record) + 1 };
}
