import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { readDistributionTags } from '../../aws/distributions/distribution-tags.ts';
import type { ListedDistribution } from '../../aws/distributions/list-distributions.ts';
import type { NameHolder } from './holders.ts';

/** Those of others that serve some of the names. */
export async function readHolders(
  cloudFront: CloudFrontClient,
  others: readonly ListedDistribution[],
  wanted: readonly string[],
): Promise<NameHolder[]> {
  const holders = others
    .map(({ aliases, ...each }) => ({ ...each, names: aliases.filter((name) => wanted.includes(name)) }))
    .filter(({ names }) => names.length > 0);
  return Promise.all(
    holders.map(async ({ id, domainName, names, arn }) => ({
      id,
      domainName,
      names,
      tags: (await readDistributionTags(cloudFront, arn)) ?? {},
    })),
  );
}
