import type {
  DistributionConfig,
  DistributionSummary,
  Distribution as ShownDistribution,
} from '@aws-sdk/client-cloudfront';
import { type Invalidation, isInProgress } from '../invalidations/invalidation.ts';
import type { Former } from './seen-by.ts';

/** A configuration with every default filled in. */
export type CompleteConfig = DistributionConfig & { [Name in Completed]: NonNullable<DistributionConfig[Name]> };

type Completed =
  | 'CallerReference'
  | 'Origins'
  | 'DefaultCacheBehavior'
  | 'Comment'
  | 'Enabled'
  | 'Aliases'
  | 'DefaultRootObject'
  | 'OriginGroups'
  | 'CacheBehaviors'
  | 'CustomErrorResponses'
  | 'Logging'
  | 'PriceClass'
  | 'ViewerCertificate'
  | 'Restrictions'
  | 'WebACLId'
  | 'HttpVersion'
  | 'IsIPV6Enabled'
  | 'ContinuousDeploymentPolicyId'
  | 'Staging';

export interface Distribution {
  readonly id: string;
  readonly arn: string;
  /** "d111111abcdef8.cloudfront.net" */
  readonly domainName: string;
  /** Its addresses at the edge locations, by the location's index. */
  readonly addresses: readonly { ipv4: string; ipv6: string }[];
  config: CompleteConfig;
  etag: string;
  lastModifiedAt: Date;
  /** When the last change will be everywhere. */
  deployedAt: Date;
  /** How many deliveries to edge locations were begun: an older one never replaces a newer one. */
  changes: number;
  /** A change of the viewer certificate is deployed until then. */
  certificateChangeUntil: Date | undefined;
  /** What some reads still show. */
  former: Former | undefined;
  readonly tags: Map<string, string>;
  /** Oldest first. */
  readonly invalidations: Invalidation[];
  /** From when on listings show it to a role. */
  readonly listedAt: Date;
  /** Takes its addresses out of the small internet. */
  close(): void;
}

/** The alternate domain names that the newest configuration has. */
export const aliasesOf = ({ config }: Pick<Distribution, 'config'>): string[] => config.Aliases.Items ?? [];

export const isDeployed = ({ deployedAt }: Distribution, now: Date): boolean => deployedAt <= now;

const statusOf = (distribution: Distribution, now: Date): string =>
  isDeployed(distribution, now) ? 'Deployed' : 'InProgress';

/** In China alone a name needs a registration; elsewhere each is approved. */
const registrationsOf = (distribution: Distribution): ShownDistribution['AliasICPRecordals'] =>
  aliasesOf(distribution).map((CNAME) => ({ CNAME, ICPRecordalStatus: 'APPROVED' }));

/** As GetDistribution shows it. */
export function shownDistribution(distribution: Distribution, now: Date): ShownDistribution {
  const registrations = registrationsOf(distribution);
  return {
    Id: distribution.id,
    ARN: distribution.arn,
    Status: statusOf(distribution, now),
    LastModifiedTime: distribution.lastModifiedAt,
    InProgressInvalidationBatches: distribution.invalidations.filter((one) => isInProgress(one, now)).length,
    DomainName: distribution.domainName,
    ActiveTrustedSigners: { Enabled: false, Quantity: 0 },
    ActiveTrustedKeyGroups: { Enabled: false, Quantity: 0 },
    DistributionConfig: distribution.config,
    ...(registrations?.length && { AliasICPRecordals: registrations }),
  };
}

/** As ListDistributions shows it. */
export function summaryOf(distribution: Distribution, now: Date): DistributionSummary {
  const { config } = distribution;
  const registrations = registrationsOf(distribution);
  return {
    Id: distribution.id,
    ARN: distribution.arn,
    ETag: distribution.etag,
    Status: statusOf(distribution, now),
    LastModifiedTime: distribution.lastModifiedAt,
    DomainName: distribution.domainName,
    Aliases: config.Aliases,
    Origins: config.Origins,
    OriginGroups: config.OriginGroups,
    DefaultCacheBehavior: config.DefaultCacheBehavior,
    CacheBehaviors: config.CacheBehaviors,
    CustomErrorResponses: config.CustomErrorResponses,
    Comment: config.Comment,
    PriceClass: config.PriceClass,
    Enabled: config.Enabled,
    ViewerCertificate: config.ViewerCertificate,
    Restrictions: config.Restrictions,
    WebACLId: config.WebACLId,
    HttpVersion: config.HttpVersion,
    IsIPV6Enabled: config.IsIPV6Enabled,
    Staging: config.Staging,
    ...(registrations?.length && { AliasICPRecordals: registrations }),
  };
}
