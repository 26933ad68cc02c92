import type { DefaultCacheBehavior, DistributionConfig, FunctionAssociation, Origin } from '@aws-sdk/client-cloudfront';
import { FORWARDING } from '../../domain/distributions/managed-policies.ts';
import { BYPASS_ORIGIN, isBypass } from '../../domain/failover/bypass.ts';
import { customOrigin, listOf, originsOf } from './config-parts.ts';
import type { DesiredBypass, DesiredDistribution } from './desired.ts';

const associationsOf = ({ FunctionAssociations }: DefaultCacheBehavior): FunctionAssociation[] =>
  FunctionAssociations?.Items ?? [];

const isForRequests = ({ EventType }: FunctionAssociation): boolean => EventType === 'viewer-request';

/** The function of ours that the default behavior runs. */
export function bypassFunction({ DefaultCacheBehavior }: DistributionConfig): string | undefined {
  return (
    DefaultCacheBehavior && associationsOf(DefaultCacheBehavior).find((each) => isBypass(each.FunctionARN))?.FunctionARN
  );
}

/** The function of others in the place of ours: a behavior runs one for the requests of viewers. */
export function foreignFunction(
  { DefaultCacheBehavior: behavior }: DistributionConfig,
  { bypass, showsPage }: Pick<DesiredDistribution, 'bypass' | 'showsPage'>,
): string | undefined {
  if (!bypass || !showsPage || !behavior) return undefined;
  return associationsOf(behavior).find((each) => isForRequests(each) && !isBypass(each.FunctionARN))?.FunctionARN;
}

/**
 * A behavior that runs the function, and forwards what it needs for an origin: a bucket gets no Host of the viewer's, which the function sets
 * for the origin that it chooses.
 */
export function withBypass(behavior: DefaultCacheBehavior, bypass: DesiredBypass | undefined): DefaultCacheBehavior {
  if (!bypass) return withoutBypass(behavior);
  const others = associationsOf(behavior).filter((each) => !isForRequests(each));
  const own = { FunctionARN: bypass.functionArn, EventType: 'viewer-request' } as const;
  return {
    ...behavior,
    OriginRequestPolicyId: FORWARDING.origin,
    FunctionAssociations: listOf([...others, own]),
  };
}

export function withoutBypass<Behavior extends DefaultCacheBehavior>(behavior: Behavior): Behavior {
  const all = associationsOf(behavior);
  const others = all.filter(({ FunctionARN }) => !isBypass(FunctionARN));
  return others.length === all.length ? behavior : { ...behavior, FunctionAssociations: listOf(others) };
}

/** Where the function leads operators; one that is there stays until nothing leads there any more. */
export function bypassOrigins(config: DistributionConfig, { bypass }: Pick<DesiredDistribution, 'bypass'>): Origin[] {
  const known = originsOf(config).find(({ Id }) => Id === BYPASS_ORIGIN);
  const { originName, type, port } = bypass?.origin ?? {};
  if (originName === undefined || port === undefined) return known ? [known] : [];
  const settings =
    type === 'HTTP'
      ? ({ OriginProtocolPolicy: 'http-only', HTTPPort: port, HTTPSPort: 443 } as const)
      : ({ OriginProtocolPolicy: 'https-only', HTTPPort: 80, HTTPSPort: port } as const);
  return [customOrigin(known, { Id: BYPASS_ORIGIN, DomainName: originName }, settings)];
}
