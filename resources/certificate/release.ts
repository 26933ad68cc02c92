import type { ACMClient } from '@aws-sdk/client-acm';
import { untagCertificate } from '../../aws/certificates/certificate-tags.ts';
import { deleteCertificate } from '../../aws/certificates/delete-certificate.ts';
import { isCode } from '../../aws/error-code.ts';
import type { CertificatePlace } from '../../domain/certificates/place.ts';
import { Failure } from '../../domain/errors.ts';
import { foundOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applying } from '../resource.ts';
import { acmIn } from './acm-in.ts';
import { certificateIn } from './certificate.ts';
import type { DesiredCertificate, SeenCertificates } from './changes.ts';
import { standingCertificates } from './standing.ts';

/**
 * Deletes the certificates that the site no longer uses, once ACM has noticed that our load balancer or distribution does not serve
 * them any more (failures A19), and takes our tags off adopted ones.
 */
export function releaseCertificates(place: CertificatePlace): Applying<DesiredCertificate, SeenCertificates> {
  const { type } = place;
  const standing = standingCertificates(place);
  return {
    standing,

    unmark: ({ resource: { id: arn = '' } }, _, doing) =>
      untagCertificate(acmIn(place, doing), { arn, tags: ownerTags(doing.scope.owner) }),

    async apply({ verb, resource: { id: arn } }, actual, doing) {
      const { owner } = doing.scope;
      if (arn === undefined) throw new Error(`Cannot release a ${type} of "${owner.domain}": it has no ARN`);
      const acm = acmIn(place, doing);
      const former = actual.former.filter((each) => each.arn !== arn);
      if (verb === 'restore') {
        await untagCertificate(acm, { arn, tags: ownerTags(owner) });
        return { actual: { ...actual, former }, message: `Gave back the ${type} ${arn} as it was` };
      }
      await remove(acm, arn);
      const deleted = [...(actual.deleted ?? []), arn];
      return { actual: { ...actual, former, deleted }, message: `Deleted the ${type} ${arn}` };
    },

    // ACM may list for a while what it has deleted: who needs a validation record is asked without those.
    outcome({ deleted = [], ...actual }, { previous, revision, scope }) {
      const output = previous?.output as Partial<StepOutputs['RemoveCertificates']> | undefined;
      const before = previous?.revision === revision ? (output?.removed ?? []) : [];
      const stays = standing(certificateIn(place).desired(scope), actual, scope).map(({ id }) => id);
      const gone = scope.record ? foundOf(scope.record, type).filter(({ id }) => !stays.includes(id)) : [];
      return { output: { removed: [...new Set([...before, ...deleted])] }, gone };
    },
  };
}

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
