import type { DefaultCacheBehavior, DistributionConfig, Origin } from '@aws-sdk/client-cloudfront';
import { notHere } from '../errors.ts';

/** Refuses by name what a distribution may have on AWS and would be noticed to lack here. */
export function checkSupported(config: DistributionConfig): void {
  const { Logging, Restrictions, ViewerCertificate } = config;
  refuse({
    Logging: Logging?.Enabled,
    'Restrictions.GeoRestriction': (Restrictions?.GeoRestriction?.RestrictionType ?? 'none') !== 'none',
    WebACLId: config.WebACLId,
    ContinuousDeploymentPolicyId: config.ContinuousDeploymentPolicyId,
    Staging: config.Staging,
    AnycastIpListId: config.AnycastIpListId,
    TenantConfig: config.TenantConfig,
    'ConnectionMode tenant-only': config.ConnectionMode === 'tenant-only',
    ViewerMtlsConfig: config.ViewerMtlsConfig,
    ConnectionFunctionAssociation: config.ConnectionFunctionAssociation,
    CacheTagConfig: config.CacheTagConfig,
    'ViewerCertificate.IAMCertificateId': ViewerCertificate?.IAMCertificateId,
    'SSLSupportMethod other than sni-only':
      ViewerCertificate?.ACMCertificateArn && !['sni-only', undefined].includes(ViewerCertificate.SSLSupportMethod),
  });
  config.Origins?.Items?.forEach(checkOrigin);
  [config.DefaultCacheBehavior, ...(config.CacheBehaviors?.Items ?? [])].forEach((one) => {
    checkBehavior(one as DefaultCacheBehavior);
  });
}

function checkOrigin(origin: Origin): void {
  refuse({
    'S3OriginConfig.OriginAccessIdentity': origin.S3OriginConfig?.OriginAccessIdentity,
    VpcOriginConfig: origin.VpcOriginConfig,
    OriginShield: origin.OriginShield?.Enabled,
    OriginMtlsConfig: origin.CustomOriginConfig?.OriginMtlsConfig,
  });
}

function checkBehavior(behavior: DefaultCacheBehavior): void {
  refuse({
    TrustedSigners: behavior.TrustedSigners?.Enabled,
    TrustedKeyGroups: behavior.TrustedKeyGroups?.Enabled,
    SmoothStreaming: behavior.SmoothStreaming,
    LambdaFunctionAssociations: behavior.LambdaFunctionAssociations?.Quantity,
    FieldLevelEncryptionId: behavior.FieldLevelEncryptionId,
    RealtimeLogConfigArn: behavior.RealtimeLogConfigArn,
    GrpcConfig: behavior.GrpcConfig?.Enabled,
    ForwardedValues: behavior.ForwardedValues,
  });
}

function refuse(members: Record<string, unknown>): void {
  const given = Object.entries(members).find(([, value]) => Boolean(value));
  if (given) throw notHere(`The parameter ${given[0]} of a distribution`);
}
