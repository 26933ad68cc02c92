import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { canonicalJson } from '../../domain/changes/checksum.ts';
import { isOwnOrigin } from '../../domain/distributions/identity.ts';
import { policyName } from '../../domain/distributions/managed-policies.ts';
import { HIDDEN_SECRET, hidden } from '../../domain/distributions/origin-header.ts';
import { BYPASS_ORIGIN } from '../../domain/failover/bypass.ts';
import { bypassFunction } from './bypass-config.ts';
import { aliasesOf, secretOf } from './config.ts';
import { originsOf } from './config-parts.ts';
import { answersPage, pageBehavior, pageOrigins, pageResponses } from './page-config.ts';

/** What is asked where every request is answered with the page. */
const PAGE = 'the page';

const PLAIN_HTTP: Readonly<Record<string, string>> = {
  'redirect-to-https': 'redirect plain HTTP to HTTPS',
  'https-only': 'answer plain HTTP with 403',
  'allow-all': 'answer plain HTTP as it answers HTTPS',
};

/** One setting as plans show it, and what it means that it becomes so. */
interface Setting {
  of: (config: DistributionConfig) => unknown;
  words: (value: string) => string;
}

/** All that is set by us, by the words that plans use. The secret is never shown. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  enabled: { of: ({ Enabled }) => Enabled, words: () => 'answer viewers again' },
  origins: {
    of: (config) => originsOf(config).flatMap(({ Id, DomainName }) => (isOwnOrigin(Id) ? [DomainName] : [])),
    words: (value) => (value === '' ? 'list no origin of the site' : `list ${value} as its origins`),
  },
  originTls: {
    of: (config) => [
      ...new Set(
        originsOf(config)
          .filter(({ Id }) => isOwnOrigin(Id))
          .map(({ CustomOriginConfig: custom }) =>
            [custom?.OriginProtocolPolicy, custom?.HTTPSPort, ...(custom?.OriginSslProtocols?.Items ?? [])].join(' '),
          ),
      ),
    ],
    words: (value) =>
      value === ''
        ? 'ask no origin'
        : `ask the origin over TLS 1.2 or newer on port ${(value.match(/\b\d+(?= )/g) ?? []).join(' and ')} only`,
  },
  originFamily: {
    of: (config) =>
      originsOf(config).flatMap(({ Id, CustomOriginConfig: custom }) =>
        isOwnOrigin(Id) && custom?.IpAddressType === 'ipv6' ? ['ipv6'] : [],
      ),
    words: (value) => `connect to the origin over ${value === '' ? 'IPv4' : 'IPv6'}`,
  },
  secretHeader: {
    of: (config) => {
      const secret = secretOf(config);
      return secret === undefined ? 'none' : hidden(secret);
    },
    words: (value) =>
      value === 'none'
        ? 'no longer send the origin the secret header'
        : `send the origin ${value === HIDDEN_SECRET ? 'a secret header' : 'another secret header'}, by which the load balancer knows its requests`,
  },
  names: { of: aliasesOf, words: (value) => `serve ${value === '' ? 'no name' : value}` },
  certificate: {
    of: ({ ViewerCertificate }) => ViewerCertificate?.ACMCertificateArn ?? 'none',
    words: (value) => `serve the certificate ${value}`,
  },
  minimumTls: {
    of: ({ ViewerCertificate }) => ViewerCertificate?.MinimumProtocolVersion,
    words: (value) => `hold viewers to the TLS policy "${value}"`,
  },
  asks: {
    of: (config) =>
      answersPage(config)
        ? PAGE
        : originsOf(config).find(({ Id }) => Id === config.DefaultCacheBehavior?.TargetOriginId)?.DomainName,
    words: (value) => (value === PAGE ? 'answer every request with the page' : `send requests to "${value}"`),
  },
  page: {
    of: (config) => {
      const { PathPattern, ResponseHeadersPolicyId } = pageBehavior(config) ?? {};
      const buckets = pageOrigins(config).map((each) =>
        [`${each.DomainName}${each.OriginPath}`, each.OriginAccessControlId].join(' '),
      );
      return buckets.length === 0 && PathPattern === undefined
        ? 'none'
        : [PathPattern, ...buckets, ResponseHeadersPolicyId];
    },
    words: (value) => (value === 'none' ? 'have no page' : 'have the page of the site in its reach'),
  },
  errorPages: {
    of: (config) =>
      pageResponses(config)
        .filter(({ ResponseCode }) => ResponseCode === '503')
        .map(({ ErrorCode, ErrorCachingMinTTL, ResponsePagePath }) =>
          [ErrorCode, ResponsePagePath, ErrorCachingMinTTL].join(' '),
        )
        .toSorted(),
    words: (value) =>
      value === ''
        ? 'show the page in place of no error'
        : `show the page in place of ${(value.match(/\b\d{3}(?= )/g) ?? []).join(', ')}`,
  },
  bypass: {
    of: (config) => bypassFunction(config) ?? 'none',
    words: (value) =>
      value === 'none' ? 'lead nobody past the page' : `lead operators past the page by the function ${value}`,
  },
  bypassOrigin: {
    of: (config) =>
      originsOf(config).flatMap(({ Id, DomainName, CustomOriginConfig: custom }) =>
        Id === BYPASS_ORIGIN
          ? [[DomainName, custom?.OriginProtocolPolicy, custom?.HTTPPort, custom?.HTTPSPort].join(' ')]
          : [],
      ),
    words: (value) =>
      value === '' ? 'list no origin for operators' : `list ${value.split(' ')[0]} as the origin for operators`,
  },
  retryAfter: {
    of: (config) => {
      const policy = config.DefaultCacheBehavior?.ResponseHeadersPolicyId;
      return policy !== undefined && policy === pageBehavior(config)?.ResponseHeadersPolicyId;
    },
    words: (value) => (value === 'true' ? 'send Retry-After with every answer' : 'send Retry-After with no answer'),
  },
  http: {
    of: ({ DefaultCacheBehavior }) => DefaultCacheBehavior?.ViewerProtocolPolicy,
    words: (value) => PLAIN_HTTP[value] ?? value,
  },
  methods: {
    of: ({ DefaultCacheBehavior }) => DefaultCacheBehavior?.AllowedMethods?.Items?.toSorted(),
    words: () => 'pass on requests of all methods',
  },
  caching: {
    of: ({ DefaultCacheBehavior }) => policyName(DefaultCacheBehavior?.CachePolicyId),
    words: (value) => `cache by the policy "${value}"`,
  },
  forwarding: {
    of: ({ DefaultCacheBehavior }) => policyName(DefaultCacheBehavior?.OriginRequestPolicyId),
    words: (value) => (value === 'none' ? 'forward nothing of requests' : `forward requests by the policy "${value}"`),
  },
  httpVersion: { of: ({ HttpVersion }) => HttpVersion?.toLowerCase(), words: (value) => `speak "${value}"` },
  ipv6: { of: ({ IsIPV6Enabled }) => IsIPV6Enabled, words: () => 'answer over IPv6 too' },
};

/** What differs between two configurations. */
export interface Differences {
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  /** "serve shop.example.test; serve the certificate …" */
  words: string;
}

/** Undefined where all that is set by us is the same in both. */
export function differences(before: DistributionConfig, after: DistributionConfig): Differences | undefined {
  const differing = Object.entries(SETTINGS).filter(
    ([, { of }]) => canonicalJson([of(before)]) !== canonicalJson([of(after)]),
  );
  if (differing.length === 0) return undefined;
  const states = (config: DistributionConfig) =>
    Object.fromEntries(differing.map(([name, { of }]) => [name, of(config) ?? 'none']));
  return {
    before: states(before),
    after: states(after),
    words: differing.map(([, { of, words }]) => words([of(after)].flat().join(', '))).join('; '),
  };
}

/** All of it, as a plan shows a new distribution. */
export function settingsOf(config: DistributionConfig, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => (SETTINGS[name] ? [[name, SETTINGS[name].of(config) ?? 'none']] : [])),
  );
}
