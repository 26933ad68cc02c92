import { type CloudFrontClient, ListDomainConflictsCommand } from '@aws-sdk/client-cloudfront';

/** Where a name is that a distribution is to serve; ids are shown in part: "*******QLMR5EX". */
export interface NameConflict {
  name: string;
  distributionId: string;
  accountId: string;
}

/**
 * The distributions of any account, others than this one, that have the very name. CloudFront tells them to one whose
 * certificate covers it.
 */
export async function listNameConflicts(
  cloudFront: CloudFrontClient,
  { name, distributionId }: { name: string; distributionId: string },
): Promise<NameConflict[]> {
  const { DomainConflicts = [] } = await cloudFront.send(
    new ListDomainConflictsCommand({
      Domain: name,
      DomainControlValidationResource: { DistributionId: distributionId },
    }),
  );
  return DomainConflicts.map((told) => ({
    name: told.Domain ?? '',
    distributionId: told.ResourceId ?? '',
    accountId: told.AccountId ?? '',
  })).filter((conflict) => conflict.name === name);
}
