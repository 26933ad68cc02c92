import { type CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';

/** A distribution as the listing shows it: without tags, caller reference and custom headers' values that count. */
export interface ListedDistribution {
  id: string;
  arn: string;
  domainName: string;
  comment: string;
  aliases: string[];
  enabled: boolean;
  /** The response headers policies of its behaviors for paths. */
  headersPolicyIds: string[];
}

/** Every distribution of the account, all pages. */
export async function listDistributions(cloudFront: CloudFrontClient): Promise<ListedDistribution[]> {
  const found: ListedDistribution[] = [];
  let Marker: string | undefined;
  do {
    const { DistributionList } = await cloudFront.send(
      new ListDistributionsCommand(Marker === undefined ? {} : { Marker }),
    );
    for (const told of DistributionList?.Items ?? []) {
      found.push({
        id: told.Id ?? '',
        arn: told.ARN ?? '',
        domainName: told.DomainName ?? '',
        comment: told.Comment ?? '',
        aliases: told.Aliases?.Items ?? [],
        enabled: told.Enabled ?? false,
        headersPolicyIds: (told.CacheBehaviors?.Items ?? []).flatMap((each) => each.ResponseHeadersPolicyId ?? []),
      });
    }
    Marker = DistributionList?.NextMarker || undefined;
  } while (Marker !== undefined);
  return found;
}
