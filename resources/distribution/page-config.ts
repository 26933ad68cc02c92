import type {
  CacheBehavior,
  CustomErrorResponse,
  DefaultCacheBehavior,
  DistributionConfig,
  Method,
  Origin,
} from '@aws-sdk/client-cloudfront';
import { CACHE_POLICIES } from '../../domain/distributions/managed-policies.ts';
import { BYPASS_ORIGIN } from '../../domain/failover/bypass.ts';
import { bypassOrigins, withBypass } from './bypass-config.ts';
import { listOf, newOrigin, originsOf, VIEWER_PROTOCOLS, withMethods, withoutLegacy } from './config-parts.ts';
import type { DesiredDistribution, PagePlace } from './desired.ts';

// Source for all of it: CloudFront Developer Guide, "Generate custom error responses"; checked 2026-11-30.

/** The bucket with the page. */
const PAGE_ORIGIN = 'np-page';

/** The same bucket below a prefix that no object has: it answers every request with an error, which the page stands for. */
const NOTHING_ORIGIN = 'np-page-nothing';
const NO_PREFIX = '/none';

/** What viewers get in place of an answer. */
const PAGE_STATUS = '503';

/** What stands for an origin that is down: what CloudFront says of it, and what a load balancer does that has no target. */
const DOWN = [502, 503, 504];

/** Every error that a bucket answers with, and CloudFront has a page for. */
const EVERY = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** How long CloudFront asks no origin again that is down, in seconds; its own default. */
const DOWN_SECONDS = 10;

/** Where every page of a site is; no other path of a distribution begins so. */
const OWN_PATH = /^\/\.nameplate\//;

export function isPageOrigin(id: string | undefined): boolean {
  return id === PAGE_ORIGIN || id === NOTHING_ORIGIN || id === BYPASS_ORIGIN;
}

export const isPageBehavior = ({ PathPattern = '' }: Pick<CacheBehavior, 'PathPattern'>): boolean =>
  OWN_PATH.test(PathPattern);

/** Whether a configuration answers every request with the page. */
export function answersPage({ DefaultCacheBehavior }: Pick<DistributionConfig, 'DefaultCacheBehavior'>): boolean {
  return DefaultCacheBehavior?.TargetOriginId === NOTHING_ORIGIN;
}

export function pageOrigins(config: DistributionConfig): Origin[] {
  return originsOf(config).filter(({ Id }) => isPageOrigin(Id) && Id !== BYPASS_ORIGIN);
}

export function pageBehavior({ CacheBehaviors }: DistributionConfig): CacheBehavior | undefined {
  return CacheBehaviors?.Items?.find(isPageBehavior);
}

/** The error responses with the page. */
export function pageResponses({ CustomErrorResponses }: DistributionConfig): CustomErrorResponse[] {
  return (CustomErrorResponses?.Items ?? []).filter(isPageResponse);
}

/** The error responses of others in the place of those that the page needs. */
export function foreignResponses(
  { CustomErrorResponses }: DistributionConfig,
  { page, showsPage }: Pick<DesiredDistribution, 'page' | 'showsPage'>,
): CustomErrorResponse[] {
  const codes = page ? (showsPage ? EVERY : DOWN) : [];
  return (CustomErrorResponses?.Items ?? []).filter(
    (each) => codes.includes(each.ErrorCode ?? 0) && !isPageResponse(each),
  );
}

const isPageResponse = ({ ResponsePagePath = '' }: CustomErrorResponse): boolean => OWN_PATH.test(ResponsePagePath);

/** The page within reach, which nothing is answered with yet: both origins, that of operators, and the path of the page. */
export function withPage(
  config: DistributionConfig,
  desired: Pick<DesiredDistribution, 'page' | 'bypass'>,
): DistributionConfig {
  const { page } = desired;
  if (!page) return config;
  const known = (id: string): Origin | undefined => originsOf(config).find(({ Id }) => Id === id);
  const others = originsOf(config).filter(({ Id }) => !isPageOrigin(Id));
  const own = [
    bucketOrigin(known(PAGE_ORIGIN), page, { Id: PAGE_ORIGIN, OriginPath: '' }),
    bucketOrigin(known(NOTHING_ORIGIN), page, { Id: NOTHING_ORIGIN, OriginPath: NO_PREFIX }),
    ...bypassOrigins(config, desired),
  ];
  const behaviors = (config.CacheBehaviors?.Items ?? []).filter((each) => !isPageBehavior(each));
  return {
    ...config,
    Origins: listOf([...others, ...own]),
    // The first pattern that a path meets counts.
    CacheBehaviors: listOf([pathOf(pageBehavior(config), page), ...behaviors]),
  };
}

/** Every request is answered with the page, whatever it is for. */
export function withPageOnly(
  config: DistributionConfig,
  { page, http, bypass }: DesiredDistribution,
): DistributionConfig {
  const { DefaultCacheBehavior: behavior } = config;
  if (!page || !behavior) throw new Error('Cannot answer with the page: the distribution has none');
  // A bucket that is told the viewer's Host answers for no bucket.
  const { OriginRequestPolicyId: _, ...rest } = withoutLegacy(behavior);
  return {
    ...config,
    DefaultCacheBehavior: withMethods({
      ...withBypass(rest, bypass),
      TargetOriginId: NOTHING_ORIGIN,
      ViewerProtocolPolicy: VIEWER_PROTOCOLS[http],
      CachePolicyId: CACHE_POLICIES.CachingDisabled,
      ResponseHeadersPolicyId: behavior.ResponseHeadersPolicyId || page.headersPolicyId,
    }),
  };
}

/** The default behavior without the headers of the page: a policy of others stays. */
export function withoutPageHeaders(config: DistributionConfig, behavior: DefaultCacheBehavior): DefaultCacheBehavior {
  const { ResponseHeadersPolicyId: policyId, ...rest } = behavior;
  return policyId === undefined || policyId === pageBehavior(config)?.ResponseHeadersPolicyId ? rest : behavior;
}

/** The page in place of errors: of every error where it is all that is answered, of an origin that is down otherwise. */
export function withErrorPages(
  config: DistributionConfig,
  { page }: Pick<DesiredDistribution, 'page'>,
): DistributionConfig {
  const theirs = (config.CustomErrorResponses?.Items ?? []).filter((each) => !isPageResponse(each));
  const isOnly = answersPage(config);
  const own = (page ? (isOnly ? EVERY : DOWN) : []).map((ErrorCode) => ({
    ErrorCode,
    ResponsePagePath: page?.path,
    ResponseCode: PAGE_STATUS,
    ErrorCachingMinTTL: isOnly ? 0 : DOWN_SECONDS,
  }));
  return { ...config, CustomErrorResponses: listOf([...theirs, ...own]) };
}

/** Nothing of the page: of a site without failover. */
export function withoutPage(config: DistributionConfig): DistributionConfig {
  if (pageOrigins(config).length === 0 && !pageBehavior(config)) return config;
  const { CacheBehaviors, ...rest } = withErrorPages(config, {});
  return {
    ...rest,
    Origins: listOf(originsOf(config).filter(({ Id }) => !isPageOrigin(Id))),
    CacheBehaviors: listOf((CacheBehaviors?.Items ?? []).filter((each) => !isPageBehavior(each))),
  };
}

function bucketOrigin(
  known: Origin | undefined,
  { bucketDomain, accessControlId }: PagePlace,
  own: Pick<Origin, 'Id' | 'OriginPath'>,
): Origin {
  const { CustomOriginConfig: _, VpcOriginConfig: __, ...rest } = known ?? newOrigin();
  return {
    ...rest,
    ...own,
    DomainName: bucketDomain,
    S3OriginConfig: { OriginAccessIdentity: '', ...known?.S3OriginConfig },
    OriginAccessControlId: accessControlId,
  };
}

const READING: readonly Method[] = ['HEAD', 'GET'];

function pathOf(known: CacheBehavior | undefined, { path, headersPolicyId }: PagePlace): CacheBehavior {
  return {
    AllowedMethods: { ...listOf(READING), CachedMethods: listOf(READING) },
    SmoothStreaming: false,
    Compress: false,
    LambdaFunctionAssociations: { Quantity: 0 },
    FieldLevelEncryptionId: '',
    ...(known && withoutLegacy(known)),
    PathPattern: path,
    TargetOriginId: PAGE_ORIGIN,
    ViewerProtocolPolicy: 'allow-all',
    CachePolicyId: CACHE_POLICIES.CachingDisabled,
    ResponseHeadersPolicyId: headersPolicyId,
  };
}
