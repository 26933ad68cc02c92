import { type CloudFrontClient, UntagResourceCommand } from '@aws-sdk/client-cloudfront';

/** Takes tags off a distribution, by their keys. */
export async function untagDistribution(
  cloudFront: CloudFrontClient,
  { arn, keys }: { arn: string; keys: string[] },
): Promise<void> {
  await cloudFront.send(new UntagResourceCommand({ Resource: arn, TagKeys: { Items: keys } }));
}
