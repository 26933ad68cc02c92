import type { RequestListener } from 'node:http';
import type { ResponseHeadersPolicyConfig } from '@aws-sdk/client-cloudfront';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type ACloudFront,
  ALL_EXCEPT_HOST,
  type Answer,
  aCloudFront,
  aConfig,
  aDistribution,
  anOrigin,
  CACHING_DISABLED,
  get,
  ORIGIN,
  update,
} from './a-cloudfront.ts';

const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';

let world: ACloudFront;
let answer: RequestListener;
beforeEach(async () => {
  world = await aCloudFront();
  await anOrigin(world, { name: ORIGIN.name, listener: (request, response) => answer(request, response) });
  answer = (_, response) => response.setHeader('x-powered-by', 'them').setHeader('retry-after', '5').end('page');
});
afterEach(() => world.close());

const config = (more: Partial<ResponseHeadersPolicyConfig> = {}): ResponseHeadersPolicyConfig => ({
  Name: 'page',
  CustomHeadersConfig: { Quantity: 1, Items: [{ Header: 'Retry-After', Value: '120', Override: true }] },
  ...more,
});

async function aPolicy(more: Partial<ResponseHeadersPolicyConfig> = {}): Promise<{ id: string; etag: string }> {
  const made = await world.cloudfront.createResponseHeadersPolicy({ ResponseHeadersPolicyConfig: config(more) });
  return { id: String(made.ResponseHeadersPolicy?.Id), etag: String(made.ETag) };
}

const aSite = (options: Parameters<typeof aDistribution>[1]) =>
  aDistribution(world, { ...options, behavior: { OriginRequestPolicyId: ALL_EXCEPT_HOST, ...options?.behavior } });

const ask = (distribution: { domainName: string }, path = '/'): Promise<Answer> =>
  get(world, distribution, { host: distribution.domainName, path });

test('a policy removes headers of the origin, adds its own, and overrides where it says so', async () => {
  const { id } = await aPolicy({
    CustomHeadersConfig: {
      Quantity: 2,
      Items: [
        { Header: 'Retry-After', Value: '120', Override: false },
        { Header: 'Cache-Control', Value: 'no-store', Override: true },
      ],
    },
    RemoveHeadersConfig: { Quantity: 1, Items: [{ Header: 'X-Powered-By' }] },
  });
  const site = await aSite({ behavior: { ResponseHeadersPolicyId: id } as never });
  const { headers } = await ask(site);
  expect(headers).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store' });
  expect(headers['x-powered-by']).toBeUndefined();
});

test('a removed header that the policy adds as well is its own', async () => {
  const { id } = await aPolicy({
    CustomHeadersConfig: { Quantity: 1, Items: [{ Header: 'Retry-After', Value: '120', Override: false }] },
    RemoveHeadersConfig: { Quantity: 1, Items: [{ Header: 'retry-after' }] },
  });
  const site = await aSite({ behavior: { ResponseHeadersPolicyId: id } as never });
  expect((await ask(site)).headers['retry-after']).toBe('120');
});

/** An error page by a behavior of its own, with a policy or without. */
async function withErrorPage(pagePolicy: string | undefined, ownPolicy: string | undefined) {
  const base = aConfig().DefaultCacheBehavior;
  return aSite({
    behavior: { ...(ownPolicy !== undefined && { ResponseHeadersPolicyId: ownPolicy }) },
    CacheBehaviors: {
      Quantity: 1,
      Items: [
        {
          ...base,
          TargetOriginId: 'origin',
          ViewerProtocolPolicy: 'https-only',
          PathPattern: '/pages/*',
          CachePolicyId: CACHING_DISABLED,
          OriginRequestPolicyId: ALL_EXCEPT_HOST,
          ...(pagePolicy !== undefined && { ResponseHeadersPolicyId: pagePolicy }),
        },
      ],
    },
    CustomErrorResponses: {
      Quantity: 1,
      Items: [{ ErrorCode: 500, ResponseCode: '503', ResponsePagePath: '/pages/down.html', ErrorCachingMinTTL: 0 }],
    },
  });
}

test('an error page has the headers of a policy that both behaviors have, and of no other', async () => {
  answer = ({ url }, response) => response.writeHead(url?.startsWith('/pages/') ? 200 : 500).end('down');
  const { id } = await aPolicy();
  const both = await withErrorPage(id, id);
  expect(await ask(both)).toMatchObject({ status: 503, body: 'down', headers: { 'retry-after': '120' } });
  for (const [page, own] of [
    [id, undefined],
    [undefined, id],
    [id, SECURITY_HEADERS],
  ]) {
    const { status, headers } = await ask(await withErrorPage(page, own));
    expect([status, headers['retry-after'], headers['x-content-type-options']]).toEqual([503, undefined, undefined]);
  }
});

test('an error page that cannot be had is answered with the status of its own origin', async () => {
  answer = ({ url }, response) => response.writeHead(url?.startsWith('/pages/') ? 404 : 500).end('gone');
  expect(await ask(await withErrorPage(undefined, undefined))).toMatchObject({ status: 404, body: 'gone' });
});

test('what a request is conditional on says nothing about an error page', async () => {
  answer = ({ url, headers }, response) =>
    response.writeHead(url?.startsWith('/pages/') && headers['if-match'] === undefined ? 200 : 500).end('down');
  const site = await withErrorPage(undefined, undefined);
  const conditional = { host: site.domainName, headers: { 'if-match': '"a"', range: 'bytes=0-1' } };
  expect(await get(world, site, conditional)).toMatchObject({ status: 503, body: 'down' });
});

test('a policy is guarded by its ETag, kept while it is used, and its change gives its users another ETag', async () => {
  const { cloudfront } = world;
  const { id: Id, etag } = await aPolicy();
  const site = await aSite({ behavior: { ResponseHeadersPolicyId: Id } as never });
  const ResponseHeadersPolicyConfig = config({ Comment: 'other' });
  const updating = (IfMatch?: string) =>
    cloudfront.updateResponseHeadersPolicy({ Id, ...(IfMatch && { IfMatch }), ResponseHeadersPolicyConfig });
  await expect(updating()).rejects.toMatchObject({ name: 'InvalidIfMatchVersion' });
  await expect(updating('EOLD')).rejects.toMatchObject({ name: 'PreconditionFailed' });
  const { ETag } = await updating(etag);
  expect((await cloudfront.getDistributionConfig({ Id: site.id })).ETag).not.toBe(site.etag);
  expect((await cloudfront.getResponseHeadersPolicyConfig({ Id })).ResponseHeadersPolicyConfig?.Comment).toBe('other');
  await expect(cloudfront.deleteResponseHeadersPolicy({ Id, IfMatch: ETag })).rejects.toMatchObject({
    name: 'ResponseHeadersPolicyInUse',
  });
  await update(world, site.id, ({ DefaultCacheBehavior: behavior }) => {
    const { ResponseHeadersPolicyId: _, ...rest } = behavior ?? ({} as NonNullable<typeof behavior>);
    return { DefaultCacheBehavior: rest };
  });
  await cloudfront.deleteResponseHeadersPolicy({ Id, IfMatch: ETag });
  await expect(cloudfront.getResponseHeadersPolicy({ Id })).rejects.toMatchObject({
    name: 'NoSuchResponseHeadersPolicy',
  });
});

test('managed policies are listed beside those of the account, and never changed', async () => {
  const { cloudfront } = world;
  const { id } = await aPolicy();
  const { ResponseHeadersPolicyList: list } = await cloudfront.listResponseHeadersPolicies({});
  expect(list?.Items?.map((each) => [each.Type, each.ResponseHeadersPolicy?.Id])).toEqual([
    ['managed', SECURITY_HEADERS],
    ['custom', id],
  ]);
  const { ETag } = await cloudfront.getResponseHeadersPolicy({ Id: SECURITY_HEADERS });
  await expect(cloudfront.deleteResponseHeadersPolicy({ Id: SECURITY_HEADERS, IfMatch: ETag })).rejects.toMatchObject({
    name: 'IllegalDelete',
  });
});

test('what CloudFront would not take is refused', async () => {
  const adding = (Header: string) =>
    aPolicy({ CustomHeadersConfig: { Quantity: 1, Items: [{ Header, Value: 'x', Override: true }] } });
  await expect(adding('Strict-Transport-Security')).rejects.toMatchObject({
    message: expect.stringContaining('is a security header and cannot be set as custom header'),
  });
  await expect(adding('Via')).rejects.toMatchObject({ name: 'InvalidArgument' });
  await expect(aPolicy({ RemoveHeadersConfig: { Quantity: 2, Items: [{ Header: 'x' }] } })).rejects.toMatchObject({
    name: 'InconsistentQuantities',
  });
  await aPolicy();
  await expect(aPolicy()).rejects.toMatchObject({ name: 'ResponseHeadersPolicyAlreadyExists' });
  await expect(
    world.cloudfront.createDistribution({
      DistributionConfig: aConfig({ behavior: { ResponseHeadersPolicyId: CACHING_DISABLED } }),
    }),
  ).rejects.toMatchObject({ name: 'NoSuchResponseHeadersPolicy' });
});
