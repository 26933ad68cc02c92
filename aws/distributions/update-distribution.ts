import { type CloudFrontClient, type DistributionConfig, UpdateDistributionCommand } from '@aws-sdk/client-cloudfront';
import { isCode } from '../error-code.ts';
import { type Distribution, distributionIn } from './read-distribution.ts';

/**
 * Replaces the whole configuration of a distribution, if it is still the one with that ETag; undefined when it was changed
 * since it was read (failures C2).
 */
export async function updateDistribution(
  cloudFront: CloudFrontClient,
  { id, etag, config }: { id: string; etag: string; config: DistributionConfig },
): Promise<Distribution | undefined> {
  try {
    const input = { Id: id, IfMatch: etag, DistributionConfig: config };
    return distributionIn(await cloudFront.send(new UpdateDistributionCommand(input)));
  } catch (error) {
    if (isCode(error, 'PreconditionFailed', 'InvalidIfMatchVersion')) return undefined;
    throw error;
  }
}
