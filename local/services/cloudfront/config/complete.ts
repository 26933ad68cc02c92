import type {
  CacheBehavior,
  CustomErrorResponse,
  DefaultCacheBehavior,
  DistributionConfig,
  Origin,
  ViewerCertificate,
} from '@aws-sdk/client-cloudfront';
import type { CompleteConfig } from '../distributions/distribution.ts';

// Source: SDK types of client-cloudfront 3.1164.0 and the developer guide's "Distribution settings"; checked 2026-11-29.
const CONNECTION_ATTEMPTS = 3;
const CONNECTION_TIMEOUT_SECONDS = 10;
const READ_TIMEOUT_SECONDS = 30;
const KEEP_ALIVE_SECONDS = 5;
const ERROR_CACHING_SECONDS = 10;
const READING = ['HEAD', 'GET'] as const;

/** The configuration as CloudFront keeps and shows it: what was left out has its default. */
export function complete(given: DistributionConfig): CompleteConfig {
  return {
    ...given,
    CallerReference: given.CallerReference ?? '',
    Comment: given.Comment ?? '',
    Enabled: given.Enabled ?? false,
    Aliases: listOf(given.Aliases?.Items),
    DefaultRootObject: given.DefaultRootObject ?? '',
    Origins: { Quantity: given.Origins?.Items?.length ?? 0, Items: given.Origins?.Items?.map(origin) },
    OriginGroups: listOf(given.OriginGroups?.Items),
    DefaultCacheBehavior: behavior(given.DefaultCacheBehavior as DefaultCacheBehavior),
    CacheBehaviors: listOf(given.CacheBehaviors?.Items?.map((one): CacheBehavior => behavior(one))),
    CustomErrorResponses: listOf(given.CustomErrorResponses?.Items?.map(errorResponse)),
    Logging: given.Logging ?? { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '' },
    PriceClass: given.PriceClass ?? 'PriceClass_All',
    ViewerCertificate: viewerCertificate(given.ViewerCertificate),
    Restrictions: given.Restrictions ?? { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
    WebACLId: given.WebACLId ?? '',
    HttpVersion: given.HttpVersion ?? 'http2',
    IsIPV6Enabled: given.IsIPV6Enabled ?? false,
    ContinuousDeploymentPolicyId: given.ContinuousDeploymentPolicyId ?? '',
    Staging: given.Staging ?? false,
  };
}

function listOf<Item>(items: Item[] | undefined): { Quantity: number; Items?: Item[] } {
  return items?.length ? { Quantity: items.length, Items: items } : { Quantity: 0 };
}

function origin(given: Origin): Origin {
  const { CustomOriginConfig: custom } = given;
  return {
    ...given,
    OriginPath: given.OriginPath ?? '',
    CustomHeaders: listOf(given.CustomHeaders?.Items),
    ...(custom && {
      CustomOriginConfig: {
        ...custom,
        OriginSslProtocols: custom.OriginSslProtocols ?? { Quantity: 2, Items: ['TLSv1', 'SSLv3'] },
        OriginReadTimeout: custom.OriginReadTimeout ?? READ_TIMEOUT_SECONDS,
        OriginKeepaliveTimeout: custom.OriginKeepaliveTimeout ?? KEEP_ALIVE_SECONDS,
      },
    }),
    ConnectionAttempts: given.ConnectionAttempts ?? CONNECTION_ATTEMPTS,
    ConnectionTimeout: given.ConnectionTimeout ?? CONNECTION_TIMEOUT_SECONDS,
    OriginShield: given.OriginShield ?? { Enabled: false },
    OriginAccessControlId: given.OriginAccessControlId ?? '',
  };
}

function behavior<Given extends DefaultCacheBehavior>(given: Given): Given {
  const { Items = [...READING], CachedMethods } = given.AllowedMethods ?? {};
  const cached = CachedMethods?.Items ?? [...READING];
  return {
    ...given,
    TrustedSigners: given.TrustedSigners ?? { Enabled: false, Quantity: 0 },
    TrustedKeyGroups: given.TrustedKeyGroups ?? { Enabled: false, Quantity: 0 },
    AllowedMethods: {
      Quantity: Items.length,
      Items,
      CachedMethods: { Quantity: cached.length, Items: cached },
    },
    SmoothStreaming: given.SmoothStreaming ?? false,
    Compress: given.Compress ?? false,
    LambdaFunctionAssociations: given.LambdaFunctionAssociations ?? { Quantity: 0 },
    FunctionAssociations: given.FunctionAssociations ?? { Quantity: 0 },
    FieldLevelEncryptionId: given.FieldLevelEncryptionId ?? '',
    GrpcConfig: given.GrpcConfig ?? { Enabled: false },
  };
}

function errorResponse(given: CustomErrorResponse): CustomErrorResponse {
  return {
    ErrorCode: given.ErrorCode,
    ResponsePagePath: given.ResponsePagePath ?? '',
    ResponseCode: given.ResponseCode ?? '',
    ErrorCachingMinTTL: given.ErrorCachingMinTTL ?? ERROR_CACHING_SECONDS,
  };
}

/** `Certificate` and `CertificateSource` say the same again, for clients from before ACM. */
function viewerCertificate(given: ViewerCertificate | undefined): ViewerCertificate {
  const arn = given?.ACMCertificateArn;
  if (!arn) {
    return {
      CloudFrontDefaultCertificate: true,
      SSLSupportMethod: 'vip',
      MinimumProtocolVersion: 'TLSv1',
      CertificateSource: 'cloudfront',
    };
  }
  return {
    CloudFrontDefaultCertificate: false,
    ACMCertificateArn: arn,
    SSLSupportMethod: given.SSLSupportMethod,
    MinimumProtocolVersion: given.MinimumProtocolVersion ?? 'TLSv1',
    Certificate: arn,
    CertificateSource: 'acm',
  };
}
