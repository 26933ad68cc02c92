import type {
  CustomOriginConfig,
  DefaultCacheBehavior,
  DistributionConfig,
  Method,
  Origin,
} from '@aws-sdk/client-cloudfront';
import type { DesiredDistribution } from './desired.ts';

/** What plain HTTP gets, as CloudFront names it. */
export const VIEWER_PROTOCOLS = {
  redirect: 'redirect-to-https',
  reject: 'https-only',
  answer: 'allow-all',
} as const satisfies Record<DesiredDistribution['http'], DefaultCacheBehavior['ViewerProtocolPolicy']>;

const ALL_METHODS: readonly Method[] = ['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'];
const CACHED_METHODS: readonly Method[] = ['HEAD', 'GET'];

export function originsOf({ Origins }: Pick<DistributionConfig, 'Origins'>): Origin[] {
  return Origins?.Items ?? [];
}

export function listOf<Item>(items: readonly Item[]): { Quantity: number; Items: Item[] } {
  return { Quantity: items.length, Items: [...items] };
}

/** What an update has to say of a new origin. Source: SDK types of client-cloudfront, the defaults; checked 2026-11-29. */
export const newOrigin = (): Origin => ({
  Id: undefined,
  DomainName: undefined,
  OriginPath: '',
  CustomHeaders: { Quantity: 0 },
  ConnectionAttempts: 3,
  ConnectionTimeout: 10,
});

/** Settings from before cache policies, which CloudFront refuses beside one, taken out. */
export function withoutLegacy<Behavior extends DefaultCacheBehavior>(
  behavior: Behavior,
): Omit<Behavior, 'ForwardedValues' | 'MinTTL' | 'DefaultTTL' | 'MaxTTL'> {
  const { ForwardedValues: _, MinTTL: __, DefaultTTL: ___, MaxTTL: ____, ...rest } = behavior;
  return rest;
}

/** All methods let through. */
export function withMethods(behavior: DefaultCacheBehavior): DefaultCacheBehavior {
  const { AllowedMethods: methods } = behavior;
  if (ALL_METHODS.every((method) => methods?.Items?.includes(method))) return behavior;
  const CachedMethods = methods?.CachedMethods ?? listOf(CACHED_METHODS);
  return { ...behavior, AllowedMethods: { ...listOf(ALL_METHODS), CachedMethods } };
}

const NEW_CUSTOM_ORIGIN = { OriginReadTimeout: 30, OriginKeepaliveTimeout: 5 } satisfies Partial<CustomOriginConfig>;

/** An origin that is asked by its name, over TLS 1.2 or newer where it is over TLS; what else it has stays. */
export function customOrigin(
  known: Origin | undefined,
  own: Pick<Origin, 'Id' | 'DomainName'>,
  settings: Pick<CustomOriginConfig, 'OriginProtocolPolicy' | 'HTTPPort' | 'HTTPSPort' | 'IpAddressType'>,
): Origin {
  const { S3OriginConfig: _, VpcOriginConfig: __, ...rest } = known ?? newOrigin();
  return {
    ...rest,
    ...own,
    CustomOriginConfig: {
      ...(known?.CustomOriginConfig ?? NEW_CUSTOM_ORIGIN),
      ...settings,
      OriginSslProtocols: listOf(['TLSv1.2' as const]),
    },
  };
}
