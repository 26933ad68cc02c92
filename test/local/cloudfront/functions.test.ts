import type { IncomingMessage } from 'node:http';
import { S3 } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type ACloudFront,
  ALL_EXCEPT_HOST,
  ALL_VIEWER,
  type Answer,
  aCloudFront,
  aConfig,
  aDistribution,
  anAcmCertificate,
  anOrigin,
  get,
  ORIGIN,
  update,
  VIEWER,
} from './a-cloudfront.ts';

const SHOP = 'shop.example.test';
const OTHER = { name: 'other.example.test', address: '203.0.113.11' };

let world: ACloudFront;
let asked: IncomingMessage | undefined;
beforeEach(async () => {
  world = await aCloudFront();
  world.dns.set(OTHER.name, [OTHER.address]);
  await anOrigin(world, { name: ORIGIN.name, listener: (_, response) => response.end('first') });
  await anOrigin(world, {
    name: SHOP,
    address: OTHER.address,
    listener: (request, response) => {
      asked = request;
      response.end('other');
    },
  });
});
afterEach(() => world.close());

const bytes = (code: string) => new TextEncoder().encode(code);
const PASS = 'function handler(event) { return event.request; }';

const creating = (code = PASS, more: object = {}) =>
  world.cloudfront.createFunction({
    Name: 'pass',
    FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
    FunctionCode: bytes(code),
    ...more,
  });

/** A function that every edge location runs. */
async function aFunction(code = PASS): Promise<{ arn: string; etag: string }> {
  const { FunctionSummary, ETag } = await creating(code);
  await world.cloudfront.publishFunction({ Name: 'pass', IfMatch: ETag });
  await world.aws.clock.advance(15_000);
  return { arn: String(FunctionSummary?.FunctionMetadata?.FunctionARN), etag: String(ETag) };
}

const associated = (FunctionARN: string, EventType: 'viewer-request' | 'viewer-response' | 'origin-request') => ({
  FunctionAssociations: { Quantity: 1, Items: [{ FunctionARN, EventType }] },
});

const otherOrigin = {
  Id: 'other',
  DomainName: OTHER.name,
  CustomOriginConfig: aConfig().Origins?.Items?.[0]?.CustomOriginConfig,
};

/** A site with two origins, whose function decides between them. */
async function aSite(code: string, more: Parameters<typeof aDistribution>[1] = {}) {
  const { arn } = await aFunction(code);
  const certificate = await anAcmCertificate(world);
  const first = aConfig().Origins?.Items?.[0];
  return aDistribution(world, {
    aliases: [SHOP],
    certificate,
    ...(first && { Origins: { Quantity: 2, Items: [first, otherOrigin] } }),
    ...more,
    behavior: { OriginRequestPolicyId: ALL_EXCEPT_HOST, ...associated(arn, 'viewer-request'), ...more.behavior },
  });
}

const ask = (site: { domainName: string }, options: object = {}): Promise<Answer> => get(world, site, options);

const choosing = (overrides = ''): string => `import cf from 'cloudfront';
function handler(event) {
  if (event.viewer.ip === '${VIEWER}') cf.selectRequestOriginById('other'${overrides});
  return event.request;
}`;

test('what is written and what is published are two stages, each with an ETag', async () => {
  const { cloudfront } = world;
  const { FunctionSummary, ETag } = await creating();
  expect(FunctionSummary).toMatchObject({
    Name: 'pass',
    Status: 'UNPUBLISHED',
    FunctionMetadata: { Stage: 'DEVELOPMENT' },
  });
  await expect(cloudfront.describeFunction({ Name: 'pass', Stage: 'LIVE' })).rejects.toMatchObject({
    name: 'NoSuchFunctionExists',
  });
  await cloudfront.publishFunction({ Name: 'pass', IfMatch: ETag });
  const changed = bytes(`${PASS} // changed`);
  const FunctionConfig = { Comment: 'changed', Runtime: 'cloudfront-js-2.0' as const };
  await cloudfront.updateFunction({ Name: 'pass', IfMatch: ETag, FunctionConfig, FunctionCode: changed });
  const codeOf = async (Stage: 'LIVE' | 'DEVELOPMENT') =>
    new TextDecoder().decode((await cloudfront.getFunction({ Name: 'pass', Stage })).FunctionCode);
  expect([await codeOf('LIVE'), await codeOf('DEVELOPMENT')]).toEqual([PASS, `${PASS} // changed`]);
  const listed = await cloudfront.listFunctions({ Stage: 'LIVE' });
  expect(listed.FunctionList?.Items).toMatchObject([{ Name: 'pass', Status: 'UNASSOCIATED' }]);
});

test('a function is guarded by the ETag of what is written', async () => {
  const { cloudfront } = world;
  const { ETag } = await creating();
  await expect(cloudfront.publishFunction({ Name: 'pass', IfMatch: '' })).rejects.toMatchObject({
    name: 'InvalidIfMatchVersion',
  });
  await cloudfront.updateFunction({
    Name: 'pass',
    IfMatch: ETag,
    FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
    FunctionCode: bytes(PASS),
  });
  for (const call of [
    cloudfront.publishFunction({ Name: 'pass', IfMatch: ETag }),
    cloudfront.deleteFunction({ Name: 'pass', IfMatch: ETag }),
  ]) {
    await expect(call).rejects.toMatchObject({ name: 'PreconditionFailed' });
  }
});

test('what CloudFront would not take is refused, and what the code does is not looked at', async () => {
  await expect(creating('x'.repeat(10_241))).rejects.toMatchObject({ name: 'FunctionSizeLimitExceeded' });
  await expect(creating(PASS, { Name: 'a b' })).rejects.toMatchObject({ name: 'MalformedXML' });
  await creating('this is no program');
  await expect(creating()).rejects.toMatchObject({ name: 'FunctionAlreadyExists' });
});

test('an account has a hundred functions', async () => {
  for (let count = 0; count < 100; count += 1) {
    await creating(PASS, { Name: `f${count}` });
    await world.aws.clock.advance(1000);
  }
  await expect(creating()).rejects.toMatchObject({ name: 'TooManyFunctions' });
});

test('a behavior has published functions of viewers only, one an event', async () => {
  const { FunctionSummary, ETag } = await creating();
  const arn = String(FunctionSummary?.FunctionMetadata?.FunctionARN);
  const having = (behavior: object) =>
    world.cloudfront.createDistribution({ DistributionConfig: aConfig({ behavior }) });
  const refused = { name: 'InvalidFunctionAssociation' };
  await expect(having(associated(arn, 'viewer-request'))).rejects.toMatchObject(refused);
  await world.cloudfront.publishFunction({ Name: 'pass', IfMatch: ETag });
  await expect(having(associated(arn, 'origin-request'))).rejects.toMatchObject(refused);
  await expect(having(associated(`${arn}2`, 'viewer-request'))).rejects.toMatchObject(refused);
  const [one] = associated(arn, 'viewer-request').FunctionAssociations.Items;
  await expect(having({ FunctionAssociations: { Quantity: 2, Items: [one, one] } })).rejects.toMatchObject(refused);
  await having(associated(arn, 'viewer-request'));
});

test('a function is in use as long as a behavior has it', async () => {
  const { cloudfront } = world;
  const { arn, etag } = await aFunction();
  const site = await aDistribution(world, { behavior: associated(arn, 'viewer-request') });
  await expect(cloudfront.deleteFunction({ Name: 'pass', IfMatch: etag })).rejects.toMatchObject({
    name: 'FunctionInUse',
  });
  await update(world, site.id, ({ DefaultCacheBehavior: behavior }) => ({
    DefaultCacheBehavior: { ...behavior, FunctionAssociations: { Quantity: 0 } } as never,
  }));
  await cloudfront.deleteFunction({ Name: 'pass', IfMatch: etag });
  await expect(cloudfront.describeFunction({ Name: 'pass' })).rejects.toMatchObject({ name: 'NoSuchFunctionExists' });
});

test('tags are those of the creation, and of what is added and taken away', async () => {
  const { cloudfront } = world;
  const { FunctionSummary } = await creating(PASS, { Tags: { Items: [{ Key: 'site', Value: 'shop' }] } });
  const Resource = String(FunctionSummary?.FunctionMetadata?.FunctionARN);
  await cloudfront.tagResource({ Resource, Tags: { Items: [{ Key: 'stack', Value: 'main' }] } });
  await cloudfront.untagResource({ Resource, TagKeys: { Items: ['site'] } });
  expect((await cloudfront.listTagsForResource({ Resource })).Tags?.Items).toEqual([{ Key: 'stack', Value: 'main' }]);
});

test('a function that returns the request changes nothing', async () => {
  const site = await aSite(PASS);
  expect(await ask(site, { path: '/a?b=1', headers: { cookie: 'c=d' } })).toMatchObject({ status: 200, body: 'first' });
});

test('a function chooses another origin for the viewers that it knows, which gets the Host that it says', async () => {
  const site = await aSite(choosing(', { hostHeader: event.request.headers.host.value }'));
  expect(await ask(site, { method: 'POST', body: 'a=b', path: '/cart?c=d' })).toMatchObject({
    status: 200,
    body: 'other',
  });
  expect([asked?.method, asked?.url, asked?.headers.host]).toEqual(['POST', '/cart?c=d', SHOP]);
  const stranger = choosing().replace(VIEWER, '192.0.2.1');
  const { ETag } = await world.cloudfront.describeFunction({ Name: 'pass' });
  const { ETag: next } = await world.cloudfront.updateFunction({
    Name: 'pass',
    IfMatch: ETag,
    FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
    FunctionCode: bytes(stranger),
  });
  expect((await ask(site)).body).toBe('other');
  await world.cloudfront.publishFunction({ Name: 'pass', IfMatch: next });
  await world.aws.clock.advance(15_000);
  expect((await ask(site)).body).toBe('first');
});

test('without a Host of its own the chosen origin is asked for its own name, which its certificate must be for', async () => {
  const site = await aSite(choosing());
  expect((await ask(site)).status).toBe(502);
});

test('the names that a certificate may be for are those that a function allows', async () => {
  const site = await aSite(choosing(`, { allowedCertificateNames: ['${SHOP}'] }`));
  expect((await ask(site)).body).toBe('other');
  expect(asked?.headers.host).toBe(OTHER.name);
});

test('a bucket is chosen from, but never with a Host of another', async () => {
  const s3 = world.aws.client(S3);
  await s3.createBucket({ Bucket: 'pages' });
  const bucket = {
    Id: 'other',
    DomainName: 'pages.s3.us-east-1.amazonaws.com',
    S3OriginConfig: { OriginAccessIdentity: '' },
  };
  const first = aConfig().Origins?.Items?.[0];
  const Origins = { Quantity: 2, Items: [first, bucket] } as never;
  const site = await aSite(choosing(), { Origins });
  expect(await ask(site)).toMatchObject({ status: 403, body: expect.stringContaining('AccessDenied') });
  await update(world, site.id, ({ DefaultCacheBehavior: behavior }) => ({
    DefaultCacheBehavior: { ...behavior, OriginRequestPolicyId: ALL_VIEWER } as never,
  }));
  expect(await ask(site)).toMatchObject({ status: 404, body: expect.stringContaining('NoSuchBucket') });
});

test.each([
  ['throws', 'function handler() { throw new Error("no"); }'],
  ['never ends', 'function handler() { for (;;) {} }'],
  ['is no program', 'this is no program'],
  ['has no handler', 'var a = 1;'],
  ['reaches for what is not there', 'function handler(event) { process.exit(); return event.request; }'],
  ['makes code', 'function handler(event) { new Function("return 1")(); return event.request; }'],
  ['is newer than its runtime', 'function handler(event) { for (const a of [1]) {} return event.request; }'],
  ['never answers', 'function handler(event) { return new Promise(function () {}); }'],
])('a function that %s gets viewers a 503 of CloudFront, and no page of the distribution', async (_, code) => {
  const site = await aSite(code, {
    CustomErrorResponses: {
      Quantity: 1,
      Items: [{ ErrorCode: 503, ResponseCode: '503', ResponsePagePath: '/down.html' }],
    },
  });
  expect(await ask(site)).toMatchObject({
    status: 503,
    headers: { server: 'CloudFront' },
    body: expect.stringContaining('The CloudFront function associated with the CloudFront distribution is invalid'),
  });
});

test.each([
  ['an origin that the distribution has not', choosing().replace("'other'", "'none'")],
  ['a Host with a port', choosing(", { hostHeader: 'a.test:80' }")],
  ['nothing', 'function handler() {}'],
  [
    'what only AWS has',
    "import cf from 'cloudfront'; function handler(event) { cf.updateRequestOrigin({}); return event.request; }",
  ],
])('a function that wants %s gets viewers a 502 of CloudFront', async (_, code) => {
  expect(await ask(await aSite(code))).toMatchObject({ status: 502, headers: { server: 'CloudFront' } });
});

test('the event says where a viewer is and what is asked, names in lower case and what comes twice as a list', async () => {
  const expected = {
    method: 'GET',
    uri: '/a%20b',
    querystring: { c: { value: '2', multiValue: [{ value: '1' }, { value: '2' }] }, d: { value: '' } },
    cookies: { e: { value: 'f=g' } },
  };
  const code = `import cf from 'cloudfront';
function handler(event) {
  var found = event.request;
  var said = { method: found.method, uri: found.uri, querystring: found.querystring, cookies: found.cookies };
  var isRight = JSON.stringify(said) === ${JSON.stringify(JSON.stringify(expected))};
  var rest = [event.version, event.context.eventType, event.viewer.ip, found.headers['x-a'].value, found.headers.cookie];
  if (isRight && rest.join() === '1.0,viewer-request,${VIEWER},B,') cf.selectRequestOriginById('other', { hostHeader: found.headers.host.value });
  return found;
}`;
  const site = await aSite(code);
  const answer = await ask(site, { path: '/a%20b?c=1&c=2&d', headers: { cookie: 'e=f=g', 'X-A': 'B' } });
  expect(answer.body).toBe('other');
});
