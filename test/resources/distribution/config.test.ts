import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { describe, expect, test } from '@jest/globals';
import { aliasesOf, newConfig, prepared, released, secretOf, serving } from '../../../resources/distribution/config.ts';
import { originsOf } from '../../../resources/distribution/config-parts.ts';
import type { DesiredDistribution, DesiredOrigin } from '../../../resources/distribution/desired.ts';
import { differences } from '../../../resources/distribution/differences.ts';
import { aDesired } from '../../support/distributions.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const SECRET = 'a'.repeat(64);

const desired = (origin: Partial<DesiredOrigin> = {}, changes: Partial<DesiredDistribution> = {}) =>
  aDesired({ origin, ...changes });

const created = (wanted = desired()): DistributionConfig =>
  prepared(newConfig(wanted, { callerReference: 'once' }), wanted, SECRET);
const served = (wanted = desired()): DistributionConfig => serving(created(wanted), wanted, CERTIFICATE);

/** The fields of a person, which no document of a site has. */
const THEIRS: Partial<DistributionConfig> = {
  Comment: 'the shop, see the wiki',
  WebACLId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/1',
  Logging: { Enabled: true, Bucket: 'logs.s3.amazonaws.com', Prefix: 'shop/', IncludeCookies: false },
  PriceClass: 'PriceClass_100',
  DefaultRootObject: 'index.html',
  CustomErrorResponses: { Quantity: 1, Items: [{ ErrorCode: 502, ErrorCachingMinTTL: 5 }] },
  CacheBehaviors: {
    Quantity: 1,
    Items: [{ PathPattern: '/static/*', TargetOriginId: 'bucket', ViewerProtocolPolicy: 'https-only' }],
  },
};
const BUCKET = { Id: 'bucket', DomainName: 'static.s3.amazonaws.com', S3OriginConfig: { OriginAccessIdentity: '' } };

/** A configuration with what a person has set by hand. */
const withTheirs = (config: DistributionConfig): DistributionConfig => ({
  ...config,
  ...THEIRS,
  ['SomethingNewer' as never]: { Quantity: 1, Items: ['kept'] },
  Aliases: { Quantity: 3, Items: [...aliasesOf(config), 'promo.example.test'] },
  Origins: {
    Quantity: 2,
    Items: [
      ...originsOf(config).map((origin) => ({
        ...origin,
        ConnectionTimeout: 4,
        CustomHeaders: {
          Quantity: 2,
          Items: [...(origin.CustomHeaders?.Items ?? []), { HeaderName: 'X-Team', HeaderValue: 'web' }],
        },
      })),
      BUCKET,
    ],
  },
});

describe('a new distribution', () => {
  test('asks the origin by its name over TLS only, for all methods, and serves no name yet', () => {
    expect(created()).toMatchObject({
      Comment: 'Nameplate: shop.example.test',
      Enabled: true,
      HttpVersion: 'http2and3',
      IsIPV6Enabled: true,
      Origins: {
        Quantity: 1,
        Items: [
          {
            DomainName: 'origin.shop.example.test',
            CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'X-Nameplate-Origin', HeaderValue: SECRET }] },
            CustomOriginConfig: {
              OriginProtocolPolicy: 'https-only',
              HTTPSPort: 443,
              OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2'] },
            },
          },
        ],
      },
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https', AllowedMethods: { Quantity: 7 } },
    });
    expect(created().Aliases).toBeUndefined();
    expect(created().ViewerCertificate).toBeUndefined();
  });

  test.each([
    ['viewer', '216adef6-5c7f-47e4-b989-5492eafa07d3'],
    ['origin', 'b689b0a8-53d0-40ab-baf2-68738e2966ac'],
  ] as const)('C9: tells the origin the Host of the %s by a managed policy', (host, policy) => {
    expect(created(desired({ host })).DefaultCacheBehavior?.OriginRequestPolicyId).toBe(policy);
  });

  test('has no secret header where the origin is open', () => {
    expect(secretOf(created(desired({ lock: false })))).toBeUndefined();
  });
});

describe('C3: an update sends back everything that was read', () => {
  test('what a person has set stays, and what CloudFront has that we do not know', () => {
    const theirs = withTheirs(served());
    const changed = serving(
      prepared(theirs, desired({ caching: 'CachingOptimized' }), SECRET),
      desired({ caching: 'CachingOptimized' }),
      CERTIFICATE,
    );
    expect(changed).toEqual({
      ...theirs,
      DefaultCacheBehavior: {
        ...theirs.DefaultCacheBehavior,
        CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
      },
    });
    expect(released(changed, desired({ caching: 'CachingOptimized' }), [])).toEqual(changed);
  });

  test('nothing differs where it serves as declared, whatever else a person has set', () => {
    const theirs = withTheirs(served());
    expect(
      differences(theirs, serving(prepared(theirs, desired(), 'another'), desired(), CERTIFICATE)),
    ).toBeUndefined();
  });

  test('a certificate that is replaced takes what repeats it along', () => {
    const read = { ...served() };
    read.ViewerCertificate = { ...read.ViewerCertificate, Certificate: CERTIFICATE, CertificateSource: 'acm' };
    expect(serving(read, desired(), CERTIFICATE).ViewerCertificate).toEqual(read.ViewerCertificate);
    expect(serving(read, desired(), 'arn:other').ViewerCertificate).toEqual({
      CloudFrontDefaultCertificate: false,
      ACMCertificateArn: 'arn:other',
      SSLSupportMethod: 'sni-only',
      MinimumProtocolVersion: 'TLSv1.2_2021',
    });
  });
});

describe('from one document to the next', () => {
  const moved = desired({ originName: 'backend.example.test' });

  test('a new origin is added with the same secret, then asked, and the former one is taken out last', () => {
    const before = served();
    const ready = prepared(before, moved, 'another');
    expect(originsOf(ready).map(({ DomainName }) => DomainName)).toEqual([
      'origin.shop.example.test',
      'backend.example.test',
    ]);
    expect(originsOf(ready).map(({ CustomHeaders }) => CustomHeaders?.Items?.[0]?.HeaderValue)).toEqual([
      SECRET,
      SECRET,
    ]);
    expect(ready.DefaultCacheBehavior).toEqual(before.DefaultCacheBehavior);
    const now = serving(ready, moved, CERTIFICATE);
    expect(now.DefaultCacheBehavior?.TargetOriginId).toBe(originsOf(ready)[1]?.Id);
    expect(originsOf(released(now, moved, [])).map(({ DomainName }) => DomainName)).toEqual(['backend.example.test']);
  });

  test('a former origin stays for as long as a behavior of a person asks it', () => {
    const now = serving(prepared(served(), moved, SECRET), moved, CERTIFICATE);
    const [former] = originsOf(now);
    const asked = {
      ...now,
      CacheBehaviors: {
        Quantity: 1,
        Items: [{ PathPattern: '/old/*', TargetOriginId: former?.Id, ViewerProtocolPolicy: 'https-only' as const }],
      },
    };
    expect(originsOf(released(asked, moved, []))).toHaveLength(2);
  });

  test('a name that was dropped is served until the release, a name that is no name of the site for ever', () => {
    const fewer = desired({}, { names: ['shop.example.test'] });
    const theirs = withTheirs(served());
    expect(aliasesOf(serving(theirs, fewer, CERTIFICATE))).toEqual(aliasesOf(theirs));
    expect(aliasesOf(released(theirs, fewer, ['www.shop.example.test']))).toEqual([
      'shop.example.test',
      'promo.example.test',
    ]);
  });

  test('a lock is opened last: its header is sent until then', () => {
    const open = desired({ lock: false });
    const ready = serving(prepared(served(), open, 'another'), open, CERTIFICATE);
    expect(secretOf(ready)).toBe(SECRET);
    expect(secretOf(released(withTheirs(ready), open, []))).toBeUndefined();
    expect(originsOf(released(withTheirs(ready), open, []))[0]?.CustomHeaders).toEqual({
      Quantity: 1,
      Items: [{ HeaderName: 'X-Team', HeaderValue: 'web' }],
    });
  });

  test('a distribution that an interrupted undo has disabled is enabled first', () => {
    expect(prepared({ ...served(), Enabled: false }, desired(), SECRET).Enabled).toBe(true);
  });
});

test('S: no difference shows the secret', () => {
  const open = created(desired({ lock: false }));
  const told = differences(open, prepared(open, desired(), SECRET));
  expect(JSON.stringify(told)).not.toContain(SECRET);
  expect(told?.after).toEqual({ secretHeader: '⟨secret⟩' });
});
