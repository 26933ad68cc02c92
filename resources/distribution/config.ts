import type {
  Aliases,
  CustomHeaders,
  CustomOriginConfig,
  DistributionConfig,
  Method,
  Origin,
} from '@aws-sdk/client-cloudfront';
import { commentOf, isOwnOrigin, originIdOf } from '../../domain/distributions/identity.ts';
import { CACHE_POLICIES, FORWARDING } from '../../domain/distributions/managed-policies.ts';
import { generationOf, ORIGIN_HEADER } from '../../domain/distributions/origin-header.ts';
import type { OriginConnection } from '../../domain/edges/cdn-origin.ts';
import { type Cdn, secretGenerationOf } from '../../domain/sites/cdn.ts';

/** What the document asks of the distribution. */
export interface DesiredDistribution extends Cdn, OriginConnection {
  domain: string;
  /** The names that it serves. */
  names: string[];
  http: 'redirect' | 'reject';
}

// Everything here gives a whole configuration: an update replaces all of it (failures C3). What is not ours to set stays as it
// was read: logging, web ACL, comment, price class, error pages, other behaviors, origins, names and headers.

/** A new distribution without origin and names: `prepared` adds the one, and the others come with the certificate. */
export function newConfig(
  desired: DesiredDistribution,
  { callerReference }: { callerReference: string },
): DistributionConfig {
  const config: DistributionConfig = {
    CallerReference: callerReference,
    Comment: commentOf(desired.domain),
    Enabled: true,
    Origins: { Quantity: 0, Items: [] },
    DefaultCacheBehavior: { TargetOriginId: '', ViewerProtocolPolicy: undefined, Compress: true },
    PriceClass: 'PriceClass_All',
    HttpVersion: 'http2and3',
    IsIPV6Enabled: true,
  };
  return withBehavior(config, desired);
}

/** What adds and takes nothing away: enabled, with the origin, and where the origin is locked with the header that opens it. */
export function prepared(config: DistributionConfig, desired: DesiredDistribution, secret: string): DistributionConfig {
  const id = originIdOf(desired.originName);
  const others = originsOf(config).filter(({ Id }) => Id !== id);
  const known = originsOf(config).find(({ Id }) => Id === id);
  // One that is asked already is set with the shift: another port of the origin may be none yet that answers.
  const own = known ?? originOf(undefined, desired);
  // All origins of the site have one secret: the load balancer knows one.
  const origins = [...others, own].map((origin) =>
    desired.lock && isOwnOrigin(origin.Id) ? withSecret(origin, secretOf(config) ?? secret) : origin,
  );
  const inOrder = known ? originsOf(config).map(({ Id }) => origins.find((each) => each.Id === Id) ?? own) : origins;
  return { ...config, Enabled: true, Origins: listOf(inOrder) };
}

/** What viewers are served: the names with their certificate, from the origin, by the document's policies; and with another secret where one is given. */
export function serving(
  config: DistributionConfig,
  desired: DesiredDistribution,
  certificateArn: string,
  nextSecret?: string,
): DistributionConfig {
  const { names, minimumTls } = desired;
  const aliases = aliasesOf(config);
  const origins = originsOf(config)
    .map((each) => (each.Id === originIdOf(desired.originName) ? originOf(each, desired) : each))
    .map((each) => (nextSecret !== undefined && isOwnOrigin(each.Id) ? withSecret(each, nextSecret) : each));
  return {
    ...withBehavior(config, desired),
    Origins: listOf(origins),
    Aliases: withItems(config.Aliases, [...aliases, ...names.filter((name) => !aliases.includes(name))]),
    ViewerCertificate: {
      CloudFrontDefaultCertificate: false,
      ACMCertificateArn: certificateArn,
      SSLSupportMethod: 'sni-only',
      MinimumProtocolVersion: minimumTls,
      ...deprecatedMirror(config, certificateArn),
    },
    HttpVersion: 'http2and3',
    IsIPV6Enabled: true,
  };
}

/** What nothing needs any more taken out: names of earlier documents, origins that no behavior asks, the header of a lock that is off. */
export function released(
  config: DistributionConfig,
  desired: DesiredDistribution,
  formerNames: readonly string[],
): DistributionConfig {
  const aliases = aliasesOf(config).filter((name) => desired.names.includes(name) || !formerNames.includes(name));
  const used = targetsOf(config);
  const origins = originsOf(config)
    .filter(({ Id }) => !isOwnOrigin(Id) || Id === originIdOf(desired.originName) || used.has(Id))
    .map((origin) => (desired.lock || !isOwnOrigin(origin.Id) ? origin : withoutSecret(origin)));
  return { ...config, Aliases: withItems(config.Aliases, aliases), Origins: listOf(origins) };
}

/** Whether the distribution sends another secret than the document asks for. */
export function isSecretFormer(config: DistributionConfig, desired: DesiredDistribution): boolean {
  const secret = secretOf(config);
  return desired.lock && secret !== undefined && generationOf(secret) !== secretGenerationOf(desired);
}

/** The value that the load balancer asks for; undefined where the origin is not locked. It is kept here and nowhere else. */
export function secretOf(config: DistributionConfig): string | undefined {
  const headers = originsOf(config)
    .filter(({ Id }) => isOwnOrigin(Id))
    .flatMap(({ CustomHeaders }) => CustomHeaders?.Items ?? []);
  return headers.find(isSecretHeader)?.HeaderValue || undefined;
}

export function aliasesOf({ Aliases }: Pick<DistributionConfig, 'Aliases'>): string[] {
  return Aliases?.Items ?? [];
}

export function originsOf({ Origins }: Pick<DistributionConfig, 'Origins'>): Origin[] {
  return Origins?.Items ?? [];
}

/** The ids of the origins and origin groups that behaviors ask, and of the origins in groups. */
function targetsOf({
  DefaultCacheBehavior,
  CacheBehaviors,
  OriginGroups,
}: DistributionConfig): Set<string | undefined> {
  const behaviors = [DefaultCacheBehavior, ...(CacheBehaviors?.Items ?? [])].map((each) => each?.TargetOriginId);
  const members = (OriginGroups?.Items ?? []).flatMap(({ Members }) => Members?.Items ?? []);
  return new Set([...behaviors, ...members.map(({ OriginId }) => OriginId)]);
}

const ALL_METHODS: readonly Method[] = ['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'];
const CACHED_METHODS: readonly Method[] = ['HEAD', 'GET'];

function withBehavior(config: DistributionConfig, desired: DesiredDistribution): DistributionConfig {
  const { DefaultCacheBehavior: behavior } = config;
  if (!behavior) throw new Error('Cannot set the distribution: it was read without its default cache behavior');
  // Settings from before cache policies, which CloudFront refuses beside one.
  const { ForwardedValues: _, MinTTL: __, DefaultTTL: ___, MaxTTL: ____, ...rest } = behavior;
  const methods = behavior.AllowedMethods;
  const hasAll = ALL_METHODS.every((method) => methods?.Items?.includes(method));
  return {
    ...config,
    DefaultCacheBehavior: {
      ...rest,
      TargetOriginId: originIdOf(desired.originName),
      ViewerProtocolPolicy: desired.http === 'redirect' ? 'redirect-to-https' : 'https-only',
      AllowedMethods: hasAll
        ? methods
        : { ...listOf(ALL_METHODS), CachedMethods: methods?.CachedMethods ?? listOf(CACHED_METHODS) },
      CachePolicyId: CACHE_POLICIES[desired.caching],
      OriginRequestPolicyId: FORWARDING[desired.host],
    },
  };
}

/** What an update has to say of a new origin. Source: SDK types of client-cloudfront, the defaults; checked 2026-11-29. */
const newOrigin = (): Origin => ({
  Id: undefined,
  DomainName: undefined,
  OriginPath: '',
  CustomHeaders: { Quantity: 0 },
  ConnectionAttempts: 3,
  ConnectionTimeout: 10,
});
const NEW_CUSTOM_ORIGIN = { OriginReadTimeout: 30, OriginKeepaliveTimeout: 5 } satisfies Partial<CustomOriginConfig>;

/** TLS only, by the name that its certificate covers. */
function originOf(known: Origin | undefined, { originName, port, addresses }: DesiredDistribution): Origin {
  const { S3OriginConfig: _, VpcOriginConfig: __, ...rest } = known ?? newOrigin();
  const family = known?.CustomOriginConfig?.IpAddressType ?? 'ipv4';
  return {
    ...rest,
    Id: originIdOf(originName),
    DomainName: originName,
    CustomOriginConfig: {
      ...(known?.CustomOriginConfig ?? NEW_CUSTOM_ORIGIN),
      HTTPPort: 80,
      HTTPSPort: port,
      OriginProtocolPolicy: 'https-only',
      OriginSslProtocols: listOf(['TLSv1.2' as const]),
      // Where nothing is said it is IPv4. One that a person has given both families keeps them.
      ...((addresses === 'ipv6') !== (family === 'ipv6') && { IpAddressType: addresses }),
    },
  };
}

function withSecret(origin: Origin, secret: string): Origin {
  const headers = origin.CustomHeaders?.Items ?? [];
  if (headers.some((header) => isSecretHeader(header) && header.HeaderValue === secret)) return origin;
  const others = headers.filter((header) => !isSecretHeader(header));
  return { ...origin, CustomHeaders: listOf([...others, { HeaderName: ORIGIN_HEADER, HeaderValue: secret }]) };
}

function withoutSecret(origin: Origin): Origin {
  const headers = origin.CustomHeaders?.Items ?? [];
  const others = headers.filter((header) => !isSecretHeader(header));
  return others.length === headers.length ? origin : { ...origin, CustomHeaders: listOf(others) };
}

const isSecretHeader = ({ HeaderName }: NonNullable<CustomHeaders['Items']>[number]): boolean =>
  HeaderName?.toLowerCase() === ORIGIN_HEADER.toLowerCase();

/** What repeats the certificate for clients from before ACM; of another certificate it would contradict. */
function deprecatedMirror({ ViewerCertificate: known }: DistributionConfig, certificateArn: string): object {
  if (known?.ACMCertificateArn !== certificateArn) return {};
  const { Certificate, CertificateSource } = known;
  return { ...(Certificate !== undefined && { Certificate }), ...(CertificateSource && { CertificateSource }) };
}

/** The list as it was read where it has the same items: an empty one is read without. */
function withItems(list: Aliases | undefined, items: string[]): Aliases {
  const isSame = list && list.Quantity === items.length && items.every((item, place) => item === list.Items?.[place]);
  return isSame ? list : { Quantity: items.length, ...(items.length > 0 && { Items: items }) };
}

function listOf<Item>(items: readonly Item[]): { Quantity: number; Items: Item[] } {
  return { Quantity: items.length, Items: [...items] };
}
