import { ACMClient } from '@aws-sdk/client-acm';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { untagCertificate } from '../../aws/certificates/certificate-tags.ts';
import { deleteCertificate } from '../../aws/certificates/delete-certificate.ts';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { Failure } from '../../domain/errors.ts';
import { keptBy } from '../../domain/ledger/kept-by.ts';
import { leftOf } from '../../domain/ledger/left-by.ts';
import { beforeOf, goneOf } from '../../domain/ledger/made-of.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { leavingCertificates } from '../shared/certificates/leaving-certificates.ts';
import { step } from '../shared/steps/step.ts';

/**
 * Lets go of certificates that were adopted, and deletes those of ours that are no longer wanted, once ACM has noticed that
 * our load balancer let go of them (failures A19).
 */
export const handler = step('RemoveCertificates', async ({ site, item, record, environment, previous }) => {
  const acm = client(ACMClient);
  const owner = { domain: site.domain, stack: environment.stackName };
  const kept = keptBy(record);
  const elb = client(ElasticLoadBalancingV2Client);
  const retained = leftOf(record, 'RemoveListeners');
  const { go, left } = await leavingCertificates(acm, { record, owner, kept, elb, retained });
  const removed: string[] = [];
  const removedBefore = previous?.revision === item.revision ? (previous.output?.removed ?? []) : [];
  for (const { arn } of go) {
    if (beforeOf(record, 'certificate', arn)) await untagCertificate(acm, { arn, tags: ownerTags(owner) });
    else {
      await remove(acm, arn);
      removed.push(arn);
    }
  }
  return {
    gone: goneOf(record, 'certificate', [kept.certificateArn, ...left.map(({ id }) => id)]),
    output: { left, removed: [...new Set([...removedBefore, ...removed])] },
    message: removed.length > 0 ? `Removed the certificate ${removed.join(', ')}` : 'No certificate of ours is to go',
  };
});

async function remove(acm: ACMClient, arn: string): Promise<void> {
  try {
    await deleteCertificate(acm, arn);
  } catch (error) {
    if (!isCode(error, 'ResourceInUse')) throw error;
    throw new Failure('NotReady', `Waiting until ACM has noticed that nothing serves the certificate ${arn} any more`, {
      cause: error,
    });
  }
}
