import { isDeepStrictEqual } from 'node:util';
import type {
  CreateInvalidationRequest,
  CreateInvalidationResult,
  GetInvalidationRequest,
  GetInvalidationResult,
  ListInvalidationsRequest,
  ListInvalidationsResult,
} from '@aws-sdk/client-cloudfront';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { EDGE_SHARE, INVALIDATION } from '../delays.ts';
import type { Distribution } from '../distributions/distribution.ts';
import { findDistribution } from '../distributions/find.ts';
import { invalidArgument } from '../errors.ts';
import { newInvalidationId } from '../ids.ts';
import { page } from '../page.ts';
import { onDistribution } from '../permissions.ts';
import { checkBatch, checkRoom } from './check.ts';
import { type Invalidation, isInProgress, shownInvalidation } from './invalidation.ts';

/** Has every edge location forget paths, each at a time of its own. The same batch again is the same invalidation. */
export const createInvalidation = (
  cloudFront: CloudFront,
): Operation<CreateInvalidationRequest, CreateInvalidationResult> => ({
  ...onDistribution(cloudFront, ({ DistributionId }) => DistributionId),
  run({ DistributionId, InvalidationBatch }) {
    const { clock } = cloudFront.host;
    const distribution = findDistribution(cloudFront, DistributionId);
    const { reference, paths } = checkBatch(InvalidationBatch);
    const known = distribution.invalidations.find(({ callerReference }) => callerReference === reference);
    if (known && !isDeepStrictEqual(known.paths, paths)) {
      throw invalidArgument(
        'Your request contains a caller reference that was used for a previous invalidation batch for the same distribution.',
      );
    }
    const running = distribution.invalidations.filter((one) => isInProgress(one, clock.now()));
    if (!known)
      checkRoom(
        paths,
        running.flatMap((one) => one.paths),
      );
    const made = known ?? begin(cloudFront, distribution, { reference, paths });
    return {
      Invalidation: shownInvalidation(made, clock.now()),
      Location: `https://cloudfront.amazonaws.com/2020-05-31/distribution/${distribution.id}/invalidation/${made.id}`,
    };
  },
});

function begin(
  { host: { clock, draws }, edges }: CloudFront,
  distribution: Distribution,
  { reference, paths }: { reference: string; paths: string[] },
): Invalidation {
  const createdAt = clock.now();
  const totalMs = draws.seconds('cloudfront:invalidation', distribution.id, INVALIDATION) * 1000;
  const last = Math.floor(draws.fraction('cloudfront:last-edge') * edges.length);
  for (const [index, edge] of edges.entries()) {
    const share = index === last ? 1 : draws.seconds('cloudfront:edge', edge.pop, EDGE_SHARE);
    clock.after(totalMs * share, () => edge.cache.invalidate(distribution, paths));
  }
  const made: Invalidation = {
    id: newInvalidationId(draws),
    callerReference: reference,
    paths,
    createdAt,
    completedAt: new Date(createdAt.getTime() + totalMs),
  };
  distribution.invalidations.push(made);
  return made;
}

export const getInvalidation = (cloudFront: CloudFront): Operation<GetInvalidationRequest, GetInvalidationResult> => ({
  ...onDistribution(cloudFront, ({ DistributionId }) => DistributionId),
  run({ DistributionId, Id }) {
    const { invalidations } = findDistribution(cloudFront, DistributionId);
    const found = invalidations.find(({ id }) => id === Id);
    if (!found) throw new AwsError('NoSuchInvalidation', 'The specified invalidation does not exist.');
    return { Invalidation: shownInvalidation(found, cloudFront.host.clock.now()) };
  },
});

export const listInvalidations = (
  cloudFront: CloudFront,
): Operation<ListInvalidationsRequest, ListInvalidationsResult> => ({
  ...onDistribution(cloudFront, ({ DistributionId }) => DistributionId),
  run({ DistributionId, Marker, MaxItems }) {
    const now = cloudFront.host.clock.now();
    const newestFirst = findDistribution(cloudFront, DistributionId).invalidations.toReversed();
    const { items, size, next } = page(newestFirst, { Marker, MaxItems, idOf: ({ id }) => id });
    return {
      InvalidationList: {
        Marker: Marker ?? '',
        MaxItems: size,
        IsTruncated: next !== undefined,
        Quantity: items.length,
        ...(next !== undefined && { NextMarker: next }),
        ...(items.length > 0 && {
          Items: items.map((one) => {
            const { Id, CreateTime, Status } = shownInvalidation(one, now);
            return { Id, CreateTime, Status };
          }),
        }),
      },
    };
  },
});
