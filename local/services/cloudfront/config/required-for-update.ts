import type { DefaultCacheBehavior, DistributionConfig } from '@aws-sdk/client-cloudfront';
import { illegalUpdate } from '../errors.ts';

// An update needs more than a creation does: it replaces everything. Source: CloudFront Developer Guide, "Required fields for
// creating and updating distributions"; checked 2026-11-29.
const IN_CONFIG = [
  'Aliases',
  'DefaultRootObject',
  'CacheBehaviors',
  'CustomErrorResponses',
  'Logging',
  'PriceClass',
  'ViewerCertificate',
  'Restrictions',
  'WebACLId',
  'HttpVersion',
] as const;
const IN_BEHAVIOR = [
  'AllowedMethods',
  'SmoothStreaming',
  'Compress',
  'LambdaFunctionAssociations',
  'FieldLevelEncryptionId',
] as const;
const IN_ORIGIN = ['OriginPath', 'CustomHeaders', 'ConnectionAttempts', 'ConnectionTimeout'] as const;
const IN_CUSTOM_ORIGIN = ['OriginSslProtocols', 'OriginReadTimeout', 'OriginKeepaliveTimeout'] as const;

/** Throws IllegalUpdate unless an update sends back everything that a read gave: what is missing is not merged. */
export function checkRequiredForUpdate(config: DistributionConfig): void {
  requireAll(config, IN_CONFIG);
  for (const origin of config.Origins?.Items ?? []) {
    requireAll(origin, IN_ORIGIN);
    if (origin.CustomOriginConfig) requireAll(origin.CustomOriginConfig, IN_CUSTOM_ORIGIN);
  }
  const behaviors = [config.DefaultCacheBehavior, ...(config.CacheBehaviors?.Items ?? [])];
  for (const behavior of behaviors) requireAll(behavior as DefaultCacheBehavior, IN_BEHAVIOR);
}

function requireAll<Part extends object>(part: Part, names: readonly (keyof Part & string)[]): void {
  const missing = names.find((name) => part[name] === undefined);
  if (missing !== undefined) throw illegalUpdate(`${missing} is required for updates.`);
}
