import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { describe, expect, test } from '@jest/globals';
import { foreignFunction } from '../../../resources/distribution/bypass-config.ts';
import { newConfig, prepared, released, serving } from '../../../resources/distribution/config.ts';
import { originsOf } from '../../../resources/distribution/config-parts.ts';
import type { DesiredDistribution, PagePlace } from '../../../resources/distribution/desired.ts';
import { differences } from '../../../resources/distribution/differences.ts';
import { answersPage, foreignResponses, pageResponses } from '../../../resources/distribution/page-config.ts';
import { aDesired } from '../../support/distributions.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const page: PagePlace = {
  path: '/.nameplate/np-0123456789ab.html',
  bucketDomain: 'pages.s3.eu-west-1.amazonaws.com',
  accessControlId: 'E1',
  headersPolicyId: 'p1',
};

/** Before an origin, with the page in the place of one that is down. */
const standby = aDesired({ page });
const { origin: _, ...beside } = standby;
/** Of a site behind a load balancer: nothing but the page. */
const only: DesiredDistribution = { ...beside, showsPage: true };

const created = (wanted: DesiredDistribution): DistributionConfig =>
  prepared(newConfig(wanted, { callerReference: 'once' }), wanted, 'a'.repeat(64));
const served = (wanted: DesiredDistribution): DistributionConfig => serving(created(wanted), wanted, CERTIFICATE);
const applied = (config: DistributionConfig, wanted: DesiredDistribution): DistributionConfig =>
  serving(prepared(config, wanted, 'b'.repeat(64)), wanted, CERTIFICATE);
const codesOf = (config: DistributionConfig) => pageResponses(config).map(({ ErrorCode }) => ErrorCode);

describe('a distribution that only shows the page', () => {
  test('asks a place of the bucket where nothing is, by all methods, and says of every error 503 and the page', () => {
    const config = created(only);
    expect(config.DefaultCacheBehavior).toMatchObject({
      TargetOriginId: 'np-page-nothing',
      ViewerProtocolPolicy: 'redirect-to-https',
      AllowedMethods: { Quantity: 7 },
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      ResponseHeadersPolicyId: 'p1',
    });
    expect(config.DefaultCacheBehavior).not.toHaveProperty('OriginRequestPolicyId');
    expect(config.CustomErrorResponses).toEqual({
      Quantity: 11,
      Items: [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((ErrorCode) => ({
        ErrorCode,
        ResponsePagePath: page.path,
        ResponseCode: '503',
        ErrorCachingMinTTL: 0,
      })),
    });
    expect(originsOf(config)).toMatchObject([
      { Id: 'np-page', DomainName: page.bucketDomain, OriginPath: '', OriginAccessControlId: 'E1' },
      { Id: 'np-page-nothing', DomainName: page.bucketDomain, OriginPath: '/none', OriginAccessControlId: 'E1' },
    ]);
    expect(config.CacheBehaviors?.Items).toMatchObject([
      { PathPattern: page.path, TargetOriginId: 'np-page', ResponseHeadersPolicyId: 'p1' },
    ]);
  });

  test.each([
    ['redirect', 'redirect-to-https'],
    ['reject', 'https-only'],
    // A plain origin answers HTTP, and browsers remember a redirect.
    ['answer', 'allow-all'],
  ] as const)('with http "%s" it has the viewer protocol policy %s', (http, policy) => {
    expect(created({ ...only, http }).DefaultCacheBehavior?.ViewerProtocolPolicy).toBe(policy);
  });

  test('is the same when it is set again', () => {
    const config = served(only);
    expect(applied(config, only)).toEqual(config);
    expect(released(config, only, [])).toEqual(config);
  });
});

describe('a distribution before an origin', () => {
  test('C13 shows the page in place of an origin that is down, and of no other error', () => {
    const config = served(standby);
    expect(answersPage(config)).toBe(false);
    expect(codesOf(config)).toEqual([502, 503, 504]);
    expect(config.DefaultCacheBehavior).not.toHaveProperty('ResponseHeadersPolicyId');
    expect(differences(served(aDesired()), config)).toMatchObject({
      after: { page: expect.arrayContaining([page.path]) },
      words: 'have the page of the site in its reach; show the page in place of 502, 503, 504',
    });
  });

  test('answers everything with the page while it is to, and the origin answers again afterwards', () => {
    const off = served(standby);
    const on = applied(off, { ...standby, showsPage: true });
    expect(answersPage(on)).toBe(true);
    expect(codesOf(on)).toHaveLength(11);
    expect(differences(off, on)?.words).toContain('answer every request with the page');
    expect(applied(on, standby)).toEqual(off);
  });

  test('keeps the response headers policy and the error pages of a person', () => {
    const base = served(standby);
    const theirs: DistributionConfig = {
      ...base,
      DefaultCacheBehavior: { ...base.DefaultCacheBehavior, ResponseHeadersPolicyId: 'theirs' } as never,
      CustomErrorResponses: { Quantity: 1, Items: [{ ErrorCode: 404, ResponseCode: '404', ResponsePagePath: '/404' }] },
    };
    const off = applied(theirs, standby);
    expect(off.CustomErrorResponses?.Items?.map(({ ErrorCode }) => ErrorCode)).toEqual([404, 502, 503, 504]);
    const on = applied(off, { ...standby, showsPage: true });
    expect(on.DefaultCacheBehavior?.ResponseHeadersPolicyId).toBe('theirs');
    expect(applied(on, standby)).toEqual(off);
  });

  test('has nothing of it without a failover', () => {
    const without = aDesired();
    const former = served(standby);
    const next = applied(former, without);
    // What viewers see at once; what nothing needs any more is released.
    expect(codesOf(next)).toEqual([]);
    expect(differences(served(without), released(next, without, []))).toBeUndefined();
  });
});

describe('another edge', () => {
  test('has the distribution ask its origin until the records have left it, and show only the page then', () => {
    const cdn = served(standby);
    const next = applied(cdn, only);
    expect(next.DefaultCacheBehavior).toEqual(cdn.DefaultCacheBehavior);
    expect(codesOf(next)).toEqual([502, 503, 504]);
    const after = released(next, only, []);
    expect(answersPage(after)).toBe(true);
    expect(codesOf(after)).toHaveLength(11);
    expect(originsOf(after).map(({ Id }) => Id)).toEqual(['np-page', 'np-page-nothing']);
    expect(differences(served(only), after)).toBeUndefined();
  });

  test('has one that only showed the page ask the origin once that is ready', () => {
    const ready = prepared(served(only), standby, 'a'.repeat(64));
    expect(answersPage(ready)).toBe(true);
    expect(differences(served(standby), serving(ready, standby, CERTIFICATE))).toBeUndefined();
  });
});

describe('a bypass', () => {
  const functionArn = 'arn:aws:cloudfront::123456789012:function/np-0123456789ab-bypass';
  const checked = { originName: 'origin.shop.example.test', type: 'HTTPS', port: 443 } as const;
  const past: DesiredDistribution = { ...only, bypass: { functionArn, origin: checked } };
  const functionsOf = ({ DefaultCacheBehavior }: DistributionConfig) =>
    DefaultCacheBehavior?.FunctionAssociations?.Items ?? [];

  test('has a distribution that only shows the page run a function, which finds the origin of operators', () => {
    const config = served(past);
    expect(answersPage(config)).toBe(true);
    expect(functionsOf(config)).toEqual([{ FunctionARN: functionArn, EventType: 'viewer-request' }]);
    // All but the Host, which a bucket is not found by.
    expect(config.DefaultCacheBehavior?.OriginRequestPolicyId).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac');
    expect(config.DefaultCacheBehavior?.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    expect(originsOf(config).at(-1)).toMatchObject({
      Id: 'np-bypass',
      DomainName: 'origin.shop.example.test',
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', HTTPSPort: 443 },
    });
    expect(applied(config, past)).toEqual(config);
    expect(differences(served(only), config)?.words).toContain(
      `lead operators past the page by the function ${functionArn}`,
    );
  });

  test('asks an origin of plain HTTP as viewers do', () => {
    const config = served({ ...only, bypass: { functionArn, origin: { ...checked, type: 'HTTP', port: 80 } } });
    expect(originsOf(config).at(-1)?.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'http-only',
      HTTPPort: 80,
    });
  });

  test('keeps its origin until nothing leads there any more', () => {
    const ready = prepared(served(past), only, 'a'.repeat(64));
    expect(originsOf(ready).map(({ Id }) => Id)).toContain('np-bypass');
    const next = serving(ready, only, CERTIFICATE);
    expect(functionsOf(next)).toEqual([]);
    expect(next.DefaultCacheBehavior).not.toHaveProperty('OriginRequestPolicyId');
    const after = released(next, only, []);
    expect(originsOf(after).map(({ Id }) => Id)).toEqual(['np-page', 'np-page-nothing']);
    expect(differences(served(only), after)).toBeUndefined();
  });

  test('behind CloudFront is there while the page is on, and the cache rules of the site before and after', () => {
    const cached: DesiredDistribution = aDesired({
      page,
      bypass: { functionArn },
      origin: { caching: 'CachingOptimized' },
    });
    const off = served(cached);
    expect(functionsOf(off)).toEqual([]);
    const on = applied(off, { ...cached, showsPage: true });
    expect(functionsOf(on)).toHaveLength(1);
    expect(on.DefaultCacheBehavior?.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    expect(originsOf(on).map(({ Id }) => Id)).not.toContain('np-bypass');
    const back = applied(on, cached);
    expect(functionsOf(back)).toEqual([]);
    expect(back.DefaultCacheBehavior?.CachePolicyId).toBe('658327ea-f89d-4fab-a63d-7e88639e58f6');
    expect(differences(off, back)).toBeUndefined();
  });

  test('leaves functions of others for answers alone, and tells of one for requests', () => {
    const having = (EventType: 'viewer-request' | 'viewer-response'): DistributionConfig => {
      const config = served(only);
      const theirs = { FunctionARN: 'arn:theirs', EventType };
      const FunctionAssociations = { Quantity: 1, Items: [theirs] };
      return { ...config, DefaultCacheBehavior: { ...config.DefaultCacheBehavior, FunctionAssociations } as never };
    };
    expect(functionsOf(applied(having('viewer-response'), past)).map(({ FunctionARN }) => FunctionARN)).toEqual([
      'arn:theirs',
      functionArn,
    ]);
    expect(functionsOf(applied(applied(having('viewer-response'), past), only))).toHaveLength(1);
    expect(foreignFunction(having('viewer-response'), past)).toBeUndefined();
    expect(foreignFunction(having('viewer-request'), past)).toBe('arn:theirs');
    expect(foreignFunction(having('viewer-request'), only)).toBeUndefined();
  });
});

test('error responses of others in the place of ours are found', () => {
  const config = {
    ...served(aDesired()),
    CustomErrorResponses: { Quantity: 2, Items: [{ ErrorCode: 404 }, { ErrorCode: 502 }] },
  };
  expect(foreignResponses(config, standby)).toEqual([{ ErrorCode: 502 }]);
  expect(foreignResponses(config, only)).toEqual([{ ErrorCode: 404 }, { ErrorCode: 502 }]);
  expect(foreignResponses(served(standby), standby)).toEqual([]);
});
