import { S3 } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createS3 } from '../../../local/services/s3/service.ts';
import { awsCli, describeWithAwsCli } from '../../support/aws-cli.ts';
import { type AFront, aFront } from '../../support/front.ts';

const Bucket = 'nameplate-pages';

let aws: AFront;
let s3: S3;
beforeEach(async () => {
  aws = await aFront({ services: (host) => [createS3(host).service] });
  s3 = aws.client(S3);
});
afterEach(() => aws.close());

describe('a bucket', () => {
  test('is private from the beginning: encrypted, without ACLs, all public access blocked', async () => {
    await s3.createBucket({ Bucket });
    expect((await s3.getPublicAccessBlock({ Bucket })).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    expect((await s3.getBucketOwnershipControls({ Bucket })).OwnershipControls?.Rules).toEqual([
      { ObjectOwnership: 'BucketOwnerEnforced' },
    ]);
    await expect(s3.getBucketPolicy({ Bucket })).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
    await expect(s3.getBucketTagging({ Bucket })).rejects.toMatchObject({ name: 'NoSuchTagSet' });
  });

  test('answers reads of what was never set as S3 does', async () => {
    await s3.createBucket({ Bucket });
    const missing = (name: string) => ({ name, $metadata: expect.objectContaining({ httpStatusCode: 404 }) });
    await expect(s3.getBucketCors({ Bucket })).rejects.toMatchObject(missing('NoSuchCORSConfiguration'));
    await expect(s3.getBucketLifecycleConfiguration({ Bucket })).rejects.toMatchObject(
      missing('NoSuchLifecycleConfiguration'),
    );
    await expect(s3.getBucketWebsite({ Bucket })).rejects.toMatchObject(missing('NoSuchWebsiteConfiguration'));
    await expect(s3.getBucketReplication({ Bucket })).rejects.toMatchObject(
      missing('ReplicationConfigurationNotFoundError'),
    );
    await expect(s3.getObjectLockConfiguration({ Bucket })).rejects.toMatchObject(
      missing('ObjectLockConfigurationNotFoundError'),
    );
    const { Owner, Grants } = await s3.getBucketAcl({ Bucket });
    expect(Grants).toEqual([{ Grantee: { Type: 'CanonicalUser', ...Owner }, Permission: 'FULL_CONTROL' }]);
    expect((await s3.getBucketRequestPayment({ Bucket })).Payer).toBe('BucketOwner');
    expect((await s3.getBucketLogging({ Bucket })).LoggingEnabled).toBeUndefined();
    expect((await s3.getBucketAccelerateConfiguration({ Bucket })).Status).toBeUndefined();
    await s3.getBucketNotificationConfiguration({ Bucket });
    await expect(s3.getBucketAcl({ Bucket: 'none' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('is in one region, and its name is taken in all', async () => {
    const ireland = aws.client(S3, { region: 'eu-west-1' });
    await expect(
      ireland.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-2' } }),
    ).rejects.toMatchObject({ name: 'IllegalLocationConstraintException' });
    await ireland.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
    expect(await ireland.getBucketLocation({ Bucket })).toMatchObject({ LocationConstraint: 'eu-west-1' });
    await expect(s3.listObjectsV2({ Bucket })).rejects.toMatchObject({
      name: 'AuthorizationHeaderMalformed',
      message: "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
    });
    const again = ireland.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
    await expect(again).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
  });

  test('in us-east-1 is created a second time without a word', async () => {
    await s3.createBucket({ Bucket });
    await s3.createBucket({ Bucket });
    expect((await s3.listBuckets({})).Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
    expect((await s3.getBucketLocation({ Bucket })).LocationConstraint).toBeUndefined();
  });

  test('of another owner than expected is denied', async () => {
    await s3.createBucket({ Bucket });
    await s3.headBucket({ Bucket, ExpectedBucketOwner: '123456789012' });
    await expect(s3.getBucketLocation({ Bucket, ExpectedBucketOwner: '210987654321' })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(s3.getBucketLocation({ Bucket, ExpectedBucketOwner: 'me' })).rejects.toMatchObject({
      name: 'InvalidBucketOwnerAWSAccountID',
    });
  });

  test('takes one rule of encryption and of ownership, of those that S3 knows', async () => {
    await s3.createBucket({ Bucket });
    const encrypt = (...rules: object[]) =>
      s3.putBucketEncryption({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: rules.map((rule) => ({ ApplyServerSideEncryptionByDefault: rule as { SSEAlgorithm: 'AES256' } })),
        },
      });
    await encrypt({ SSEAlgorithm: 'AES256' });
    await expect(encrypt({ SSEAlgorithm: 'ROT13' })).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(encrypt({ SSEAlgorithm: 'aws:kms' })).rejects.toMatchObject({ name: 'NotImplemented' });
    await expect(encrypt({ SSEAlgorithm: 'AES256', KMSMasterKeyID: 'mine' })).rejects.toMatchObject({
      name: 'InvalidArgument',
    });
    const own = (ObjectOwnership: string) =>
      s3.putBucketOwnershipControls({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: ObjectOwnership as 'ObjectWriter' }] },
      });
    await own('BucketOwnerEnforced');
    await expect(own('Mine')).rejects.toMatchObject({ name: 'MalformedXML' });
  });

  test('is deleted once it is empty', async () => {
    await s3.createBucket({ Bucket });
    await s3.putObject({ Bucket, Key: 'x', Body: 'x' });
    await expect(s3.deleteBucket({ Bucket })).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await s3.deleteObject({ Bucket, Key: 'x' });
    await s3.deleteBucket({ Bucket });
    await expect(s3.headBucket({ Bucket })).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });

  test.each(['ab', 'Pages', 'a..b', '192.0.2.1', 'xn--pages', 'pages-', 'a_b'])('is not called %p', async (name) => {
    await expect(s3.createBucket({ Bucket: name })).rejects.toMatchObject({ name: 'InvalidBucketName' });
  });
});

describe('a bucket policy', () => {
  const policy = (statement: object) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*`, ...statement }],
    });

  beforeEach(() => s3.createBucket({ Bucket }));

  test('for CloudFront alone is taken, and one for everyone is refused as public', async () => {
    await s3.putBucketPolicy({ Bucket, Policy: policy({ Principal: { Service: 'cloudfront.amazonaws.com' } }) });
    expect((await s3.getBucketPolicyStatus({ Bucket })).PolicyStatus?.IsPublic).toBe(false);
    await expect(s3.putBucketPolicy({ Bucket, Policy: policy({ Principal: '*' }) })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('because public policies are prevented by the BlockPublicPolicy setting'),
    });
    await s3.deletePublicAccessBlock({ Bucket });
    await s3.putBucketPolicy({ Bucket, Policy: policy({ Principal: '*' }) });
    expect((await s3.getBucketPolicyStatus({ Bucket })).PolicyStatus?.IsPublic).toBe(true);
  });

  test.each([
    ['{', 'This policy contains invalid Json'],
    [' {}', "Policies must be valid JSON and the first byte must be '{'"],
    ['{}', 'Missing required field Statement'],
    [policy({ Principal: { AWS: 'arn:aws:iam::123456789012' } }), 'Invalid principal in policy'],
    [policy({ Principal: '*', Action: 'sns:Publish' }), 'Policy has invalid action'],
    [policy({ Principal: '*', Action: 's3:ListBucket' }), 'Action does not apply to any resource(s) in statement'],
    [policy({}), 'Missing required field Principal'],
    [policy({ Principal: '*', Resource: 'arn:aws:s3:::other/*' }), 'Policy has invalid resource'],
  ])('%p is malformed', async (Policy, message) => {
    await expect(s3.putBucketPolicy({ Bucket, Policy })).rejects.toMatchObject({ name: 'MalformedPolicy', message });
  });
});

test('a role reads what its policy lets it, and is not told what is absent unless it may list', async () => {
  await s3.createBucket({ Bucket });
  await s3.putObject({ Bucket, Key: 'pages/x', Body: 'x' });
  const reader = { Effect: 'Allow' as const, Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/pages/*` };
  const one = aws.client(S3, { credentials: aws.role(reader) });
  expect((await one.getObject({ Bucket, Key: 'pages/x' })).ContentLength).toBe(1);
  await expect(one.getObject({ Bucket, Key: 'other' })).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(one.putObject({ Bucket, Key: 'pages/x', Body: 'y' })).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('what the policy of the bucket denies, no policy of the caller allows; its owner is never locked out of the policy itself', async () => {
  await s3.createBucket({ Bucket });
  await s3.putObject({ Bucket, Key: 'pages/x', Body: 'x' });
  const all = { Effect: 'Allow' as const, Action: 's3:*', Resource: '*' };
  const one = aws.client(S3, { credentials: aws.role(all) });
  const denying = (statement: object) =>
    s3.putBucketPolicy({
      Bucket,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', ...statement }] }),
    });
  await denying({
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
  await one.putObject({ Bucket, Key: 'pages/x', Body: 'y' });
  await denying({ Action: ['s3:PutObject', 's3:DeleteObject'], Resource: `arn:aws:s3:::${Bucket}/pages/*` });
  await expect(one.putObject({ Bucket, Key: 'pages/x', Body: 'z' })).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('with an explicit deny in a resource-based policy'),
  });
  await expect(s3.deleteObject({ Bucket, Key: 'pages/x' })).rejects.toMatchObject({ name: 'AccessDenied' });
  await one.putObject({ Bucket, Key: 'other', Body: 'z' });
  await denying({ Action: 's3:*', Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`] });
  await expect(one.deleteBucketPolicy({ Bucket })).rejects.toMatchObject({ name: 'AccessDenied' });
  await s3.deleteBucketPolicy({ Bucket });
  expect((await one.getObject({ Bucket, Key: 'pages/x' })).ContentLength).toBe(1);
});

describeWithAwsCli('the AWS CLI', () => {
  test('puts a page and gets it', async () => {
    const cli = (...words: string[]) => awsCli(aws.url, ...words);
    await cli('s3api', 'create-bucket', '--bucket', Bucket);
    await cli('s3api', 'put-object', '--bucket', Bucket, '--key', 'a b/page.html', '--body', import.meta.filename);
    expect(await cli('s3api', 'head-object', '--bucket', Bucket, '--key', 'a b/page.html')).toMatchObject({
      ContentType: 'binary/octet-stream',
    });
    expect(await cli('s3api', 'list-objects-v2', '--bucket', Bucket)).toMatchObject({
      Contents: [{ Key: 'a b/page.html' }],
    });
    await expect(cli('s3api', 'get-bucket-policy', '--bucket', Bucket)).rejects.toThrow(
      'An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: The bucket policy does not exist',
    );
  });
});
