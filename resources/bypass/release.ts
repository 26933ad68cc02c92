import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { client } from '../../aws/clients.ts';
import { deleteEdgeFunction } from '../../aws/edge-functions/delete-edge-function.ts';
import { Failure } from '../../domain/errors.ts';
import { bypassName } from '../../domain/failover/bypass.ts';
import type { Applying } from '../resource.ts';
import type { DesiredBypass, SeenBypasses } from './changes.ts';
import { standingBypasses } from './standing.ts';

/** Deletes the function of a site that has no bypass any more, once no distribution runs it. */
export const removeBypass: Applying<DesiredBypass, SeenBypasses> = {
  standing: standingBypasses,

  async apply(_, { found }, { scope: { owner } }) {
    const name = bypassName(owner.domain);
    const outcome = await deleteEdgeFunction(client(CloudFrontClient), { name, etag: found?.etag ?? '' });
    if (outcome === 'gone') return { actual: {}, message: `Deleted the CloudFront function ${name}` };
    throw new Failure(
      'NotReady',
      outcome === 'in use'
        ? `Waiting until no distribution runs the CloudFront function ${name}: where one of others does, take it out there`
        : `Waiting: the CloudFront function ${name} was changed meanwhile`,
    );
  },
};
