import { type CloudFrontClient, ListTagsForResourceCommand } from '@aws-sdk/client-cloudfront';
import { isCode } from '../error-code.ts';
import { tagRecord } from '../tags.ts';

/** The tags of a distribution; undefined when there is none, or none yet. */
export async function readDistributionTags(
  cloudFront: CloudFrontClient,
  arn: string,
): Promise<Record<string, string> | undefined> {
  try {
    const { Tags } = await cloudFront.send(new ListTagsForResourceCommand({ Resource: arn }));
    return tagRecord(Tags?.Items);
  } catch (error) {
    if (isCode(error, 'NoSuchResource')) return undefined;
    throw error;
  }
}
