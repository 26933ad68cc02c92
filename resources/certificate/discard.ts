import type { ACMClient } from '@aws-sdk/client-acm';
import { readCertificateTags } from '../../aws/certificates/certificate-tags.ts';
import { deleteCertificate } from '../../aws/certificates/delete-certificate.ts';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import type { CertificatePlace } from '../../domain/certificates/place.ts';
import { beforeOf } from '../../domain/ledger/made-of.ts';
import { outputIfDone, type StepOutputs, stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { isOwnedBy, type Owner } from '../../domain/ownership.ts';
import { requestNumber } from './generation.ts';

/** Deletes a request of ours that timed out: ACM never issues it. Whether it is gone then. */
export async function discardRequest(
  acm: ACMClient,
  { arn, place, record, owner }: { arn: string; place: CertificatePlace; record: SiteRecord; owner: Owner },
): Promise<boolean> {
  const certificate = await describeCertificate(acm, arn);
  if (!certificate) return true;
  const isDead = certificate.status === 'VALIDATION_TIMED_OUT' && certificate.inUseBy.length === 0;
  const isAdopted = beforeOf(record, place.type, arn) !== undefined;
  if (!isDead || isAdopted || !isOwnedBy(owner, await readCertificateTags(acm, arn))) return false;
  await deleteCertificate(acm, arn);
  return true;
}

/**
 * When ACM is asked again, and for which time. Uses `waitingUntil` of the step that waits for it; idempotent.
 *
 * @throws {Error} when that step has not decided it
 */
export function nextRequest(
  record: SiteRecord,
  { arn, place }: { arn: string; place: CertificatePlace },
): Pick<StepOutputs['DiscardCertificate'], 'askAgainAt' | 'nextRequest'> {
  const before = outputIfDone(record, place.discard);
  if (before?.certificateArn === arn) return before;
  const askAgainAt = stepOf(record, place.wait)?.waitingUntil;
  if (askAgainAt === undefined) {
    throw new Error(`Cannot discard the certificate "${arn}": "${place.wait}" has not said when ACM is asked anew`);
  }
  return { askAgainAt, nextRequest: requestNumber(record, place) + 1 };
}
