import type { Aliases, CustomHeaders, DistributionConfig, Origin } from '@aws-sdk/client-cloudfront';
import { commentOf, isOwnOrigin, originIdOf } from '../../domain/distributions/identity.ts';
import { CACHE_POLICIES, FORWARDING } from '../../domain/distributions/managed-policies.ts';
import { generationOf, ORIGIN_HEADER } from '../../domain/distributions/origin-header.ts';
import { BYPASS_ORIGIN } from '../../domain/failover/bypass.ts';
import { secretGenerationOf } from '../../domain/sites/cdn.ts';
import { withoutBypass } from './bypass-config.ts';
import { customOrigin, listOf, originsOf, VIEWER_PROTOCOLS, withMethods, withoutLegacy } from './config-parts.ts';
import type { DesiredDistribution, DesiredOrigin } from './desired.ts';
import { withErrorPages, withoutPage, withoutPageHeaders, withPage, withPageOnly } from './page-config.ts';

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
  return withErrorPages(desired.showsPage ? withPageOnly(config, desired) : withBehavior(config, desired), desired);
}

/** What adds and takes nothing away: enabled, with the origin, and where the origin is locked with the header that opens it. */
export function prepared(config: DistributionConfig, desired: DesiredDistribution, secret: string): DistributionConfig {
  const asked = desired.origin ? withOrigin(config, desired.origin, secret) : config;
  return { ...withPage(asked, desired), Enabled: true };
}

function withOrigin(config: DistributionConfig, desired: DesiredOrigin, secret: string): DistributionConfig {
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
  return { ...config, Origins: listOf(inOrder) };
}

/**
 * What viewers are served: the names with their certificate, from the origin, by the document's policies; and with another secret where
 * one is given. While an origin serves them that the document has no more, the page does not take its place: that is released.
 */
export function serving(
  config: DistributionConfig,
  desired: DesiredDistribution,
  certificateArn: string,
  nextSecret?: string,
): DistributionConfig {
  const { names, minimumTls, origin } = desired;
  const aliases = aliasesOf(config);
  const origins = originsOf(config)
    .map((each) => (origin && each.Id === originIdOf(origin.originName) ? originOf(each, origin) : each))
    .map((each) => (nextSecret !== undefined && isOwnOrigin(each.Id) ? withSecret(each, nextSecret) : each));
  return {
    ...withErrorPages(withDefault(config, desired), desired),
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

function withDefault(config: DistributionConfig, desired: DesiredDistribution): DistributionConfig {
  if (!desired.showsPage) return withBehavior(config, desired);
  return !desired.origin && asksOrigin(config) ? config : withPageOnly(config, desired);
}

/** Whether an origin of the site is asked, of this document or of one before. */
function asksOrigin({ DefaultCacheBehavior }: DistributionConfig): boolean {
  return isOwnOrigin(DefaultCacheBehavior?.TargetOriginId);
}

/**
 * What nothing needs any more taken out: names of earlier documents, origins that no behavior asks, the header of a lock that is off,
 * the page of a failover. A distribution that only shows the page asks no origin any more.
 */
export function released(
  config: DistributionConfig,
  desired: DesiredDistribution,
  formerNames: readonly string[],
): DistributionConfig {
  const { origin: wanted, names } = desired;
  const aliases = aliasesOf(config).filter((name) => names.includes(name) || !formerNames.includes(name));
  const left = leaving(config, desired);
  const used = targetsOf(left);
  const origins = originsOf(left)
    .filter(({ Id }) => Id !== BYPASS_ORIGIN || desired.bypass?.origin)
    .filter(({ Id }) => !isOwnOrigin(Id) || (wanted && Id === originIdOf(wanted.originName)) || used.has(Id))
    .map((origin) => (wanted?.lock || !isOwnOrigin(origin.Id) ? origin : withoutSecret(origin)));
  return { ...left, Aliases: withItems(left.Aliases, aliases), Origins: listOf(origins) };
}

function leaving(config: DistributionConfig, desired: DesiredDistribution): DistributionConfig {
  if (!desired.page) return withoutPage(config);
  const staysOnOrigin = desired.origin !== undefined || !asksOrigin(config);
  return staysOnOrigin ? config : withErrorPages(withPageOnly(config, desired), desired);
}

/** Whether the distribution sends another secret than the document asks for. */
export function isSecretFormer(config: DistributionConfig, desired: DesiredDistribution): boolean {
  const { origin } = desired;
  const secret = secretOf(config);
  return origin?.lock === true && secret !== undefined && generationOf(secret) !== secretGenerationOf(origin);
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

function withBehavior(config: DistributionConfig, { origin, http }: DesiredDistribution): DistributionConfig {
  const { DefaultCacheBehavior: behavior } = config;
  if (!behavior) throw new Error('Cannot set the distribution: it was read without its default cache behavior');
  if (!origin) throw new Error('Cannot have the distribution ask an origin: the document has none behind it');
  return {
    ...config,
    DefaultCacheBehavior: withMethods({
      ...withoutBypass(withoutPageHeaders(config, withoutLegacy(behavior))),
      TargetOriginId: originIdOf(origin.originName),
      ViewerProtocolPolicy: VIEWER_PROTOCOLS[http],
      CachePolicyId: CACHE_POLICIES[origin.caching],
      OriginRequestPolicyId: FORWARDING[origin.host],
    }),
  };
}

/** TLS only, by the name that its certificate covers. */
function originOf(known: Origin | undefined, { originName, port, addresses }: DesiredOrigin): Origin {
  const family = known?.CustomOriginConfig?.IpAddressType ?? 'ipv4';
  return customOrigin(
    known,
    { Id: originIdOf(originName), DomainName: originName },
    {
      HTTPPort: 80,
      HTTPSPort: port,
      OriginProtocolPolicy: 'https-only',
      // Where nothing is said it is IPv4. One that a person has given both families keeps them.
      ...((addresses === 'ipv6') !== (family === 'ipv6') && { IpAddressType: addresses }),
    },
  );
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
