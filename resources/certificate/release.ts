import { ACMClient } from '@aws-sdk/client-acm';
import { untagCertificate } from '../../aws/certificates/certificate-tags.ts';
import { deleteCertificate } from '../../aws/certificates/delete-certificate.ts';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { Failure } from '../../domain/errors.ts';
import { foundOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applying } from '../resource.ts';
import { certificate } from './certificate.ts';
import { type DesiredCertificate, type SeenCertificates, TYPE } from './changes.ts';
import { standingCertificates } from './standing.ts';

/**
 * Deletes the certificates that the site no longer uses, once ACM has noticed that our load balancer does not serve them any more
 * (failures A19), and takes our tags off adopted ones.
 */
export const releaseCertificates: Applying<DesiredCertificate, SeenCertificates> = {
  standing: standingCertificates,

  async apply({ verb, resource: { id: arn } }, actual, { scope: { owner } }) {
    if (arn === undefined) throw new Error(`Cannot release a certificate of "${owner.domain}": it has no ARN`);
    const acm = client(ACMClient);
    const former = actual.former.filter((each) => each.arn !== arn);
    if (verb === 'restore') {
      await untagCertificate(acm, { arn, tags: ownerTags(owner) });
      return { actual: { ...actual, former }, message: `Gave back the certificate ${arn} as it was` };
    }
    await remove(acm, arn);
    const deleted = [...(actual.deleted ?? []), arn];
    return { actual: { ...actual, former, deleted }, message: `Deleted the certificate ${arn}` };
  },

  // ACM may list for a while what it has deleted: who needs a validation record is asked without those.
  outcome({ deleted = [], ...actual }, { previous, revision, scope }) {
    const output = previous?.output as Partial<StepOutputs['RemoveCertificates']> | undefined;
    const before = previous?.revision === revision ? (output?.removed ?? []) : [];
    const stays = standingCertificates(certificate.desired(scope), actual, scope).map(({ id }) => id);
    const gone = scope.record ? foundOf(scope.record, TYPE).filter(({ id }) => !stays.includes(id)) : [];
    return { output: { removed: [...new Set([...before, ...deleted])] }, gone };
  },
};

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
