import { type CloudFrontClient, type DistributionConfig, GetDistributionCommand } from '@aws-sdk/client-cloudfront';
import { isCode } from '../error-code.ts';

/** A distribution with its whole configuration, and the version of it that an update has to name. */
export interface Distribution {
  id: string;
  arn: string;
  /** "d111111abcdef8.cloudfront.net" */
  domainName: string;
  /** "Deployed" once every edge location has the newest configuration, "InProgress" before. */
  status: string;
  config: DistributionConfig;
  etag: string;
}

/** Undefined when there is none, or none yet: a new distribution is not found for some seconds. */
export async function readDistribution(cloudFront: CloudFrontClient, id: string): Promise<Distribution | undefined> {
  try {
    return distributionIn(await cloudFront.send(new GetDistributionCommand({ Id: id })));
  } catch (error) {
    if (isCode(error, 'NoSuchDistribution')) return undefined;
    throw error;
  }
}

/** The distribution in an answer of CloudFront. */
export function distributionIn({ Distribution: told, ETag }: Answer): Distribution {
  if (!told?.Id || !told.DistributionConfig || ETag === undefined)
    throw new Error('Cannot read the distribution: the answer of CloudFront has no configuration or no ETag');
  return {
    id: told.Id,
    arn: told.ARN ?? '',
    domainName: told.DomainName ?? '',
    status: told.Status ?? '',
    config: told.DistributionConfig,
    etag: ETag,
  };
}

interface Answer {
  Distribution?:
    | {
        Id: string | undefined;
        ARN: string | undefined;
        DomainName: string | undefined;
        Status: string | undefined;
        DistributionConfig: DistributionConfig | undefined;
      }
    | undefined;
  ETag?: string | undefined;
}
