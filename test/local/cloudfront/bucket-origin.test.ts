import { S3 } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ACloudFront, type Answer, aCloudFront, aConfig, aDistribution, get } from './a-cloudfront.ts';

const Bucket = 'nameplate-pages';
const PAGE = '<!doctype html><title>Back at eight</title>';

let world: ACloudFront;
let s3: S3;
let accessControl: string;
beforeEach(async () => {
  world = await aCloudFront();
  s3 = world.aws.client(S3);
  await s3.createBucket({ Bucket });
  await s3.putObject({ Bucket, Key: 'page.html', Body: PAGE, ContentType: 'text/html', CacheControl: 'no-store' });
  const made = await world.cloudfront.createOriginAccessControl({
    OriginAccessControlConfig: {
      Name: 'pages',
      SigningProtocol: 'sigv4',
      SigningBehavior: 'always',
      OriginAccessControlOriginType: 's3',
    },
  });
  accessControl = String(made.OriginAccessControl?.Id);
});
afterEach(() => world.close());

const origin = (more = {}) => ({
  DomainName: `${Bucket}.s3.us-east-1.amazonaws.com`,
  CustomOriginConfig: undefined,
  S3OriginConfig: { OriginAccessIdentity: '' },
  OriginAccessControlId: accessControl,
  ...more,
});

const allow = (sourceArn: string) =>
  s3.putBucketPolicy({
    Bucket,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::${Bucket}/*`,
          Condition: { StringLike: { 'AWS:SourceArn': sourceArn } },
        },
      ],
    }),
  });

/** A distribution before the bucket alone; viewers ask for it by its own name. */
const aPageDistribution = (more = {}) =>
  aDistribution(world, { origin: origin(), behavior: { OriginRequestPolicyId: undefined }, ...more });

const ask = (distribution: { domainName: string }, options = {}): Promise<Answer> =>
  get(world, distribution, { host: distribution.domainName, path: '/page.html', ...options });

test('a private bucket is read by the distribution that its policy names, and by no other', async () => {
  const distribution = await aPageDistribution();
  expect(await ask(distribution)).toMatchObject({ status: 403, body: expect.stringContaining('<Code>AccessDenied') });
  await allow('arn:aws:cloudfront::123456789012:distribution/OTHER');
  expect((await ask(distribution)).status).toBe(403);
  await allow(distribution.arn);
  expect(await ask(distribution)).toMatchObject({
    status: 200,
    body: PAGE,
    headers: { 'content-type': 'text/html', 'cache-control': 'no-store', server: 'AmazonS3' },
  });
});

test('what is absent is 403 as well, because nobody may list the bucket', async () => {
  const distribution = await aPageDistribution();
  await allow(distribution.arn);
  expect((await ask(distribution, { path: '/nothing' })).status).toBe(403);
});

test('a request that is not signed is refused', async () => {
  await allow('arn:aws:cloudfront::123456789012:distribution/*');
  const unsigned = await aPageDistribution({ origin: origin({ OriginAccessControlId: '' }) });
  expect((await ask(unsigned)).status).toBe(403);
});

test.each([
  ['POST', 405],
  ['PATCH', 405],
  ['PUT', 403],
  ['DELETE', 403],
  ['OPTIONS', 400],
])('%s is answered with %i, and the object is as it was', async (method, status) => {
  const distribution = await aPageDistribution();
  await allow(distribution.arn);
  expect((await ask(distribution, { method })).status).toBe(status);
  expect((await ask(distribution)).body).toBe(PAGE);
});

test('C13 every path and method gets the page with 503 where the error responses say so', async () => {
  const codes = [400, 403, 404, 405];
  const distribution = await aPageDistribution({
    CustomErrorResponses: {
      Quantity: codes.length,
      Items: codes.map((ErrorCode) => ({
        ErrorCode,
        ResponseCode: '503',
        ResponsePagePath: '/page.html',
        ErrorCachingMinTTL: 0,
      })),
    },
  });
  await allow(distribution.arn);
  for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    expect(await ask(distribution, { method, path: '/cart?id=1' })).toMatchObject({ status: 503, body: PAGE });
  }
  expect(await ask(distribution, { method: 'HEAD', path: '/cart' })).toMatchObject({ status: 503, body: '' });
});

test('an access control is guarded by its ETag, and kept while a distribution uses it', async () => {
  const { cloudfront } = world;
  await aPageDistribution();
  const { ETag } = await cloudfront.getOriginAccessControl({ Id: accessControl });
  await expect(cloudfront.deleteOriginAccessControl({ Id: accessControl })).rejects.toMatchObject({
    name: 'InvalidIfMatchVersion',
  });
  await expect(cloudfront.deleteOriginAccessControl({ Id: accessControl, IfMatch: 'EOLD' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  await expect(cloudfront.deleteOriginAccessControl({ Id: accessControl, IfMatch: ETag })).rejects.toMatchObject({
    name: 'OriginAccessControlInUse',
  });
  expect((await cloudfront.listOriginAccessControls({})).OriginAccessControlList?.Items).toMatchObject([
    { Id: accessControl, Name: 'pages', SigningBehavior: 'always' },
  ]);
});

test('an origin that is no bucket, or signs by a control that does not exist, is refused', async () => {
  const create = (more: object) =>
    world.cloudfront.createDistribution({ DistributionConfig: aConfig({ origin: origin(more) }) });
  await expect(create({ DomainName: 'pages.example.test' })).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'The parameter Origin DomainName does not refer to a valid S3 bucket.',
  });
  await expect(create({ S3OriginConfig: undefined })).rejects.toMatchObject({
    name: 'InvalidOrigin',
    message: 'The specified origin server does not exist or is not valid.',
  });
  await expect(create({ OriginAccessControlId: 'E0' })).rejects.toMatchObject({ name: 'InvalidOriginAccessControl' });
});

test('what the policy of the bucket denies, no other statement of it allows', async () => {
  const distribution = await aPageDistribution();
  const statement = { Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject' };
  const Resource = `arn:aws:s3:::${Bucket}/*`;
  const denial = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${Bucket}/page.html` };
  const Statement = [{ ...statement, Resource }, denial];
  await s3.putBucketPolicy({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  expect((await ask(distribution)).status).toBe(403);
});

test('a path that is no key is refused with 400', async () => {
  const distribution = await aPageDistribution();
  await allow(distribution.arn);
  expect(await ask(distribution, { path: '/%zz' })).toMatchObject({
    status: 400,
    body: expect.stringContaining('InvalidURI'),
  });
  expect(await ask(distribution, { path: `/${'a'.repeat(1025)}` })).toMatchObject({
    status: 400,
    body: expect.stringContaining('KeyTooLongError'),
  });
});
