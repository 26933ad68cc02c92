import {
  type CloudFrontClient,
  CreateDistributionWithTagsCommand,
  type DistributionConfig,
} from '@aws-sdk/client-cloudfront';
import { isCode } from '../error-code.ts';
import { tagList } from '../tags.ts';
import { type Distribution, distributionIn } from './read-distribution.ts';

/** Creates a distribution; undefined when one was created with its caller reference before, which may be deleted since. */
export async function createDistribution(
  cloudFront: CloudFrontClient,
  { config, tags }: { config: DistributionConfig; tags: Record<string, string> },
): Promise<Distribution | undefined> {
  try {
    const DistributionConfigWithTags = { DistributionConfig: config, Tags: { Items: tagList(tags) } };
    return distributionIn(await cloudFront.send(new CreateDistributionWithTagsCommand({ DistributionConfigWithTags })));
  } catch (error) {
    if (isCode(error, 'DistributionAlreadyExists')) return undefined;
    throw error;
  }
}
