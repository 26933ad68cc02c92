import type { RequestListener } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type ACloudFront,
  ALL_EXCEPT_HOST,
  ALL_VIEWER,
  aCloudFront,
  aConfig,
  aDistribution,
  anAcmCertificate,
  anOrigin,
  CACHING_DISABLED,
  CACHING_OPTIMIZED,
  get,
  getPlain,
  HOST_ONLY,
  ORIGIN,
  USE_ORIGIN_HEADERS,
} from './a-cloudfront.ts';

let world: ACloudFront;
let certificate: string;
beforeAll(async () => {
  world = await aCloudFront();
  certificate = await anAcmCertificate(world, { domains: ['*.example.test'] });
  await anOrigin(world, { kind: 'wildcard', listener: telling });
});
afterAll(() => world.close());

/** Tells what arrived: the target, the headers, and the name in the handshake. */
const telling: RequestListener = (request, response) => {
  const { servername } = request.socket as TLSSocket & { servername: string };
  const { method, url, headers } = request;
  response.setHeader('cache-control', 'no-store');
  response.end(JSON.stringify({ method, url, headers, servername }));
};

interface Arrived {
  method: string;
  url: string;
  headers: Record<string, string>;
  servername: string;
}

let number = 0;
async function arrives(
  behavior: { CachePolicyId?: string; OriginRequestPolicyId?: string | undefined },
  options: Parameters<typeof get>[2] = {},
): Promise<Arrived & { host: string }> {
  const host = `p${++number}.example.test`;
  const distribution = await aDistribution(world, { aliases: [host], certificate, behavior });
  const { body, status } = await get(world, distribution, { host, ...options });
  if (status !== 200) throw new Error(`Cannot tell what arrived: ${status} ${body}`);
  return { ...(JSON.parse(body) as Arrived), host };
}

test.each<[cache: string, request: string | undefined, 'viewer' | 'origin']>([
  [CACHING_DISABLED, undefined, 'origin'],
  [CACHING_OPTIMIZED, undefined, 'origin'],
  [CACHING_DISABLED, ALL_EXCEPT_HOST, 'origin'],
  [CACHING_OPTIMIZED, ALL_EXCEPT_HOST, 'origin'],
  [CACHING_DISABLED, ALL_VIEWER, 'viewer'],
  [CACHING_OPTIMIZED, ALL_VIEWER, 'viewer'],
  [CACHING_DISABLED, HOST_ONLY, 'viewer'],
  // A header in the cache key travels to the origin, whatever the other policy leaves out.
  [USE_ORIGIN_HEADERS, undefined, 'viewer'],
  [USE_ORIGIN_HEADERS, ALL_EXCEPT_HOST, 'viewer'],
])(
  "C9: cache policy %s with origin request policy %s asks for the %3$s's name, in Host and handshake",
  async (CachePolicyId, OriginRequestPolicyId, whose) => {
    const { headers, servername, host } = await arrives({ CachePolicyId, OriginRequestPolicyId });
    const name = whose === 'viewer' ? host : ORIGIN.name;
    expect([headers.host, servername]).toEqual([name, name]);
  },
);

test("all of the viewer is sent by AllViewer, with CloudFront's own headers", async () => {
  const { url, headers } = await arrives(
    { OriginRequestPolicyId: ALL_VIEWER },
    {
      path: '/a?b=1&c=%20',
      headers: { cookie: 'a=1; b=2', 'user-agent': 'me', 'x-any': 'thing', 'x-forwarded-for': '203.0.113.99' },
    },
  );
  expect(url).toBe('/a?b=1&c=%20');
  expect(headers).toMatchObject({
    cookie: 'a=1; b=2',
    'user-agent': 'me',
    'x-any': 'thing',
    'x-forwarded-for': '203.0.113.99, 198.51.100.7',
    via: expect.stringMatching(/^1\.1 [0-9a-f]{32}\.cloudfront\.net \(CloudFront\)$/),
    'x-amz-cf-id': expect.any(String),
  });
});

test('without an origin request policy neither query strings nor cookies nor headers are sent', async () => {
  const { url, headers } = await arrives(
    { OriginRequestPolicyId: undefined },
    { path: '/a?b=1', headers: { cookie: 'a=1', 'user-agent': 'me', 'x-any': 'thing', authorization: 'Basic eA==' } },
  );
  expect(url).toBe('/a');
  expect(headers['user-agent']).toBe('Amazon CloudFront');
  expect(Object.keys(headers)).toEqual(expect.not.arrayContaining(['cookie', 'x-any', 'authorization']));
});

test('what would lie to the origin is never sent: X-Forwarded-Proto, X-Real-IP, X-Amz-Cf-*', async () => {
  const lies = { 'x-forwarded-proto': 'http', 'x-real-ip': '1.1.1.1', 'x-amz-cf-id': 'mine', 'x-edge-location': 'x' };
  const { headers } = await arrives({ OriginRequestPolicyId: ALL_VIEWER }, { headers: lies });
  expect(headers['x-amz-cf-id']).not.toBe('mine');
  expect(Object.keys(headers)).toEqual(
    expect.not.arrayContaining(['x-forwarded-proto', 'x-real-ip', 'x-edge-location']),
  );
});

test('the headers about the viewer come with AllViewerExceptHostHeader', async () => {
  const { headers } = await arrives({ OriginRequestPolicyId: ALL_EXCEPT_HOST });
  expect(headers).toMatchObject({
    'cloudfront-forwarded-proto': 'https',
    'cloudfront-viewer-address': expect.stringMatching(/^198\.51\.100\.7:\d+$/),
  });
});

test('the headers of the origin settings are added, and win', async () => {
  const host = 'secret.example.test';
  const distribution = await aDistribution(world, {
    aliases: [host],
    certificate,
    origin: { CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'X-Origin-Secret', HeaderValue: 'sesame' }] } },
  });
  const { body } = await get(world, distribution, { host, headers: { 'x-origin-secret': 'guess' } });
  expect((JSON.parse(body) as Arrived).headers['x-origin-secret']).toBe('sesame');
});

test('a body goes through, by any method that is allowed', async () => {
  expect(await arrives({}, { method: 'PUT', body: 'a=1', headers: { 'content-type': 'text/plain' } })).toMatchObject({
    method: 'PUT',
    headers: { 'content-type': 'text/plain' },
  });
});

test('a GET with a body is a 403 of its own, and one whose body is empty is not', async () => {
  const host = 'searched.example.test';
  const distribution = await aDistribution(world, { aliases: [host], certificate });
  expect(await get(world, distribution, { host, body: '{}', headers: { 'content-length': '2' } })).toMatchObject({
    status: 403,
    headers: { server: 'CloudFront' },
  });
  expect((await get(world, distribution, { host, headers: { 'content-length': '0' } })).status).toBe(200);
});

test('a method that is not allowed is a 403 which says so', async () => {
  const host = 'reading.example.test';
  const distribution = await aDistribution(world, {
    aliases: [host],
    certificate,
    behavior: { AllowedMethods: { Quantity: 2, Items: ['GET', 'HEAD'] } },
  });
  expect(await get(world, distribution, { host, method: 'POST' })).toMatchObject({
    status: 403,
    body: expect.stringContaining('not configured to allow the HTTP request method'),
  });
  expect(await get(world, distribution, { host, method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});

test('https-only answers HTTP with a 403, allow-all with the page', async () => {
  const only = await aDistribution(world, { behavior: { ViewerProtocolPolicy: 'https-only' } });
  expect(await getPlain(world, only, { host: only.domainName })).toMatchObject({
    status: 403,
    headers: { 'x-cache': 'Error from cloudfront' },
  });
  const all = await aDistribution(world, {
    behavior: { ViewerProtocolPolicy: 'allow-all', OriginRequestPolicyId: ALL_EXCEPT_HOST },
  });
  expect(await getPlain(world, all, { host: all.domainName })).toMatchObject({ status: 200 });
});

test('the managed policies are listed and read', async () => {
  const { cloudfront } = world;
  const { CachePolicyList: caches } = await cloudfront.listCachePolicies({ Type: 'managed' });
  const named = caches?.Items?.map(({ Type, CachePolicy }) => [
    Type,
    CachePolicy?.CachePolicyConfig?.Name,
    CachePolicy?.Id,
  ]);
  expect(named).toEqual(
    expect.arrayContaining([
      ['managed', 'Managed-CachingDisabled', CACHING_DISABLED],
      ['managed', 'Managed-CachingOptimized', CACHING_OPTIMIZED],
      ['managed', 'Managed-UseOriginCacheControlHeaders', USE_ORIGIN_HEADERS],
    ]),
  );
  const { CachePolicyConfig: config } = await cloudfront.getCachePolicyConfig({ Id: USE_ORIGIN_HEADERS });
  expect(config?.ParametersInCacheKeyAndForwardedToOrigin).toMatchObject({
    HeadersConfig: { HeaderBehavior: 'whitelist', Headers: { Items: expect.arrayContaining(['host']) } },
    CookiesConfig: { CookieBehavior: 'all' },
    QueryStringsConfig: { QueryStringBehavior: 'none' },
  });
  const { OriginRequestPolicy: policy } = await cloudfront.getOriginRequestPolicy({ Id: ALL_EXCEPT_HOST });
  expect(policy?.OriginRequestPolicyConfig?.HeadersConfig).toEqual({
    HeaderBehavior: 'allExcept',
    Headers: { Quantity: 1, Items: ['host'] },
  });
  expect((await cloudfront.listOriginRequestPolicies({ Type: 'custom' })).OriginRequestPolicyList?.Quantity).toBe(0);
  await expect(cloudfront.getCachePolicy({ Id: ALL_VIEWER })).rejects.toMatchObject({ name: 'NoSuchCachePolicy' });
});

test('policies that do not exist are refused, and so is one without the other', async () => {
  const creating = (behavior: object) =>
    world.cloudfront.createDistribution({ DistributionConfig: aConfig({ behavior }) });
  await expect(creating({ CachePolicyId: ALL_VIEWER })).rejects.toMatchObject({ name: 'NoSuchCachePolicy' });
  await expect(creating({ OriginRequestPolicyId: CACHING_DISABLED })).rejects.toMatchObject({
    name: 'NoSuchOriginRequestPolicy',
  });
  await expect(creating({ CachePolicyId: undefined })).rejects.toMatchObject({ name: 'InvalidArgument' });
  await expect(creating({ MinTTL: 0 })).rejects.toMatchObject({
    message: 'The parameter MinTTL cannot be used when a cache policy is associated to the cache behavior.',
  });
});
