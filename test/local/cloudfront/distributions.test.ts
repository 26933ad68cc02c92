import { waitUntilDistributionDeployed } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ACloudFront, aCloudFront, aConfig, aDistribution, anAcmCertificate, update } from './a-cloudfront.ts';

let world: ACloudFront;
beforeAll(async () => {
  world = await aCloudFront();
});
afterAll(() => world.close());

const statusOf = async (Id: string) => (await world.cloudfront.getDistribution({ Id })).Distribution?.Status;

test('a distribution is created in progress, and deployed after minutes of AWS time', async () => {
  const { cloudfront, aws, names } = world;
  const made = await cloudfront.createDistribution({ DistributionConfig: aConfig() });
  expect(made).toMatchObject({
    ETag: expect.stringMatching(/^E[A-Z0-9]{12}$/),
    Location: `https://cloudfront.amazonaws.com/2020-05-31/distribution/${made.Distribution?.Id}`,
    Distribution: {
      Id: expect.stringMatching(/^E[A-Z0-9]{13}$/),
      ARN: `arn:aws:cloudfront::123456789012:distribution/${made.Distribution?.Id}`,
      Status: 'InProgress',
      DomainName: expect.stringMatching(/^d[a-z0-9]{13}\.cloudfront\.net$/),
      LastModifiedTime: aws.clock.now(),
      InProgressInvalidationBatches: 0,
    },
  });
  const Id = String(made.Distribution?.Id);
  expect(names.get(String(made.Distribution?.DomainName))?.a()).toHaveLength(4);
  await aws.clock.advance(179_000);
  expect(await statusOf(Id)).toBe('InProgress');
  await aws.clock.advance(46_000);
  expect(await statusOf(Id)).toBe('Deployed');
  expect(
    (await waitUntilDistributionDeployed({ client: cloudfront as never, maxWaitTime: 5, minDelay: 1 }, { Id })).state,
  ).toBe('SUCCESS');
});

test('what was left out comes back with its default', async () => {
  const { shown } = await aDistribution(world);
  expect(shown.DistributionConfig).toMatchObject({
    Aliases: { Quantity: 0 },
    DefaultRootObject: '',
    PriceClass: 'PriceClass_All',
    HttpVersion: 'http2',
    WebACLId: '',
    Restrictions: { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
    ViewerCertificate: { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1' },
    Origins: {
      Items: [
        {
          OriginPath: '',
          ConnectionAttempts: 3,
          ConnectionTimeout: 10,
          CustomOriginConfig: { OriginReadTimeout: 30, OriginKeepaliveTimeout: 5 },
        },
      ],
    },
    DefaultCacheBehavior: { Compress: false, SmoothStreaming: false, GrpcConfig: { Enabled: false } },
  });
});

test('C2: an update needs the newest ETag', async () => {
  const { cloudfront } = world;
  const { id, etag } = await aDistribution(world);
  const { DistributionConfig: config } = await cloudfront.getDistributionConfig({ Id: id });
  const send = (IfMatch?: string) =>
    cloudfront.updateDistribution({ Id: id, IfMatch, DistributionConfig: { ...config, Comment: 'x' } as never });
  await expect(send()).rejects.toMatchObject({ name: 'InvalidIfMatchVersion' });
  await expect(send('soup')).rejects.toMatchObject({ name: 'InvalidIfMatchVersion' });
  await expect(send('E000000000000')).rejects.toMatchObject({
    name: 'PreconditionFailed',
    $metadata: { httpStatusCode: 412 },
  });
  const next = await send(etag);
  expect(next.ETag).not.toBe(etag);
  await expect(send(etag)).rejects.toMatchObject({ name: 'PreconditionFailed' });
});

test('C3: an update that leaves out what was read is refused by name', async () => {
  const { cloudfront } = world;
  const { id, etag } = await aDistribution(world);
  await expect(
    cloudfront.updateDistribution({ Id: id, IfMatch: etag, DistributionConfig: aConfig({ reference: 'r' }) }),
  ).rejects.toMatchObject({ name: 'IllegalUpdate', message: expect.stringMatching(/^\w+ is required for updates\.$/) });
  const { DistributionConfig: config } = await cloudfront.getDistributionConfig({ Id: id });
  await expect(
    cloudfront.updateDistribution({
      Id: id,
      IfMatch: etag,
      DistributionConfig: { ...config, CallerReference: 'another' } as never,
    }),
  ).rejects.toMatchObject({ name: 'IllegalUpdate' });
});

test('an update is deployed after about a minute, and no sooner than what went before it', async () => {
  const { aws } = world;
  const { id } = await aDistribution(world);
  await update(world, id, () => ({ Comment: 'one' }), { deployed: false });
  expect(await statusOf(id)).toBe('InProgress');
  await aws.clock.advance(59_000);
  expect(await statusOf(id)).toBe('InProgress');
  await aws.clock.advance(31_000);
  expect(await statusOf(id)).toBe('Deployed');
  const young = await aDistribution(world, { deployed: false });
  await update(world, young.id, () => ({ Comment: 'two' }), { deployed: false });
  await aws.clock.advance(91_000);
  expect(await statusOf(young.id)).toBe('InProgress');
});

test('a caller reference makes one distribution, for ever', async () => {
  const { cloudfront } = world;
  const { id } = await aDistribution(world, { reference: 'the same' });
  await expect(
    cloudfront.createDistribution({ DistributionConfig: aConfig({ reference: 'the same', Comment: 'other' }) }),
  ).rejects.toMatchObject({ name: 'DistributionAlreadyExists', message: expect.stringContaining(id) });
});

test('C7: only what is disabled everywhere can be deleted', async () => {
  const { cloudfront, names } = world;
  const { id, etag, domainName } = await aDistribution(world);
  await expect(cloudfront.deleteDistribution({ Id: id, IfMatch: etag })).rejects.toMatchObject({
    name: 'DistributionNotDisabled',
    $metadata: { httpStatusCode: 409 },
  });
  const disabled = await update(world, id, () => ({ Enabled: false }), { deployed: false });
  await expect(cloudfront.deleteDistribution({ Id: id, IfMatch: disabled })).rejects.toMatchObject({
    name: 'DistributionNotDisabled',
  });
  await world.aws.clock.advance(90_000);
  await expect(cloudfront.deleteDistribution({ Id: id, IfMatch: etag })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  await cloudfront.deleteDistribution({ Id: id, IfMatch: disabled });
  await expect(cloudfront.getDistribution({ Id: id })).rejects.toMatchObject({
    name: 'NoSuchDistribution',
    $metadata: { httpStatusCode: 404 },
  });
  expect(names.get(domainName)).toBeUndefined();
});

test('tags are given on creation and later, and listed', async () => {
  const { cloudfront } = world;
  const { Distribution } = await cloudfront.createDistributionWithTags({
    DistributionConfigWithTags: {
      DistributionConfig: aConfig(),
      Tags: { Items: [{ Key: 'site', Value: 'shop.example.test' }] },
    },
  });
  const Resource = Distribution?.ARN;
  const tags = async () => (await cloudfront.listTagsForResource({ Resource })).Tags?.Items;
  expect(await tags()).toEqual([{ Key: 'site', Value: 'shop.example.test' }]);
  await cloudfront.tagResource({ Resource, Tags: { Items: [{ Key: 'a', Value: '1' }] } });
  await cloudfront.untagResource({ Resource, TagKeys: { Items: ['site'] } });
  expect(await tags()).toEqual([{ Key: 'a', Value: '1' }]);
  await expect(
    cloudfront.tagResource({ Resource, Tags: { Items: [{ Key: 'aws:b', Value: '1' }] } }),
  ).rejects.toMatchObject({ name: 'InvalidTagging' });
  await expect(cloudfront.listTagsForResource({ Resource: `${Resource}X` })).rejects.toMatchObject({
    name: 'NoSuchResource',
  });
});

test('the list is read page by page', async () => {
  const { cloudfront } = world;
  const ids: string[] = [];
  let Marker: string | undefined;
  do {
    const { DistributionList: list } = await cloudfront.listDistributions({ MaxItems: 2, Marker });
    ids.push(...(list?.Items ?? []).map(({ Id = '' }) => Id));
    expect(list).toMatchObject({ MaxItems: 2, IsTruncated: list?.NextMarker !== undefined });
    Marker = list?.NextMarker;
  } while (Marker);
  const { DistributionList: all } = await cloudfront.listDistributions({});
  expect(ids).toEqual(all?.Items?.map(({ Id }) => Id));
  expect(new Set(ids).size).toBe(ids.length);
});

test('the certificate is in use by the distribution, until another one takes its place', async () => {
  const { uses } = world;
  const [first, second] = [await anAcmCertificate(world), await anAcmCertificate(world)];
  const { id, arn } = await aDistribution(world, { certificate: first });
  await update(world, id, ({ ViewerCertificate }) => ({
    ViewerCertificate: { ...ViewerCertificate, ACMCertificateArn: second },
  }));
  expect(uses.slice(-3)).toEqual([`use ${first} ${arn}`, `use ${second} ${arn}`, `release ${first} ${arn}`]);
});

test('C4: one change of the viewer certificate at a time', async () => {
  const { id } = await aDistribution(world);
  const to = async () => {
    const ACMCertificateArn = await anAcmCertificate(world);
    const ViewerCertificate = { ACMCertificateArn, SSLSupportMethod: 'sni-only' as const };
    await update(world, id, () => ({ ViewerCertificate }), { deployed: false });
  };
  await to();
  await expect(to()).rejects.toMatchObject({
    name: 'IllegalUpdate',
    message: 'Only one viewer certificate change may be in progress at a time.',
  });
  await world.aws.clock.advance(90_000);
  await to();
});
