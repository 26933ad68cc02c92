import { AssociateAliasCommand, type CloudFrontClient } from '@aws-sdk/client-cloudfront';

/** Moves a name from the distribution that has it to another: no request falls between. Both distributions are deployed anew. */
export async function associateAlias(
  cloudFront: CloudFrontClient,
  { name, distributionId }: { name: string; distributionId: string },
): Promise<void> {
  await cloudFront.send(new AssociateAliasCommand({ TargetDistributionId: distributionId, Alias: name }));
}
