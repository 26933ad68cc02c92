import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  type ACloudFront,
  type ADistribution,
  aCloudFront,
  aDistribution,
  anAcmCertificate,
  anOrigin,
  CACHING_OPTIMIZED,
  get,
} from './a-cloudfront.ts';

const HOST = 'shop.example.test';
let world: ACloudFront;
let distribution: ADistribution;
let asked: number;
beforeAll(async () => {
  world = await aCloudFront();
  const certificate = await anAcmCertificate(world);
  await anOrigin(world, { listener: (_, response) => response.end(`page ${++asked}`) });
  const behavior = { CachePolicyId: CACHING_OPTIMIZED };
  distribution = await aDistribution(world, {
    aliases: [HOST],
    certificate,
    behavior,
    DefaultRootObject: 'index.html',
  });
});
beforeEach(() => {
  asked = 0;
});
afterAll(() => world.close());

let number = 0;
const invalidate = (Items: string[], CallerReference = `reference ${++number}`, Quantity = Items.length) =>
  world.cloudfront.createInvalidation({
    DistributionId: distribution.id,
    InvalidationBatch: { CallerReference, Paths: { Quantity, Items } },
  });
const page = async (path: string, edge = 0): Promise<string> =>
  (await get(world, distribution, { host: HOST, path, edge })).body;
const settle = () => world.aws.clock.advance(60_000);

test('every edge location forgets what it keeps at a path, at a time of its own', async () => {
  for (const edge of [0, 1, 2, 3]) await page('/a', edge);
  await page('/b');
  const { Invalidation: made, Location } = await invalidate(['/a']);
  expect(made).toMatchObject({
    Status: 'InProgress',
    InvalidationBatch: { Paths: { Quantity: 1, Items: ['/a'] }, CallerReference: 'reference 1' },
  });
  expect(Location).toMatch(new RegExp(`/distribution/${distribution.id}/invalidation/${made?.Id}$`));
  expect(await page('/a')).toBe('page 1');
  const shown = async () => (await world.cloudfront.getDistribution({ Id: distribution.id })).Distribution;
  expect(await shown()).toMatchObject({ Status: 'Deployed', InProgressInvalidationBatches: 1 });
  await settle();
  expect(await shown()).toMatchObject({ InProgressInvalidationBatches: 0 });
  const found = await world.cloudfront.getInvalidation({ DistributionId: distribution.id, Id: String(made?.Id) });
  expect(found.Invalidation).toMatchObject({ Id: made?.Id, Status: 'Completed' });
  expect([await page('/a', 0), await page('/a', 3), await page('/b')]).toEqual(['page 6', 'page 7', 'page 5']);
});

test('a wildcard at the end stands for all that follows, and the default root object for "/"', async () => {
  for (const path of ['/', '/images/1', '/images/2', '/Images/3']) await page(path);
  await invalidate(['/images/*', '/index.html']);
  await settle();
  const after = [await page('/'), await page('/images/1'), await page('/images/2'), await page('/Images/3')];
  expect(after).toEqual(['page 5', 'page 6', 'page 7', 'page 4']);
});

test('the same batch again is the same invalidation, another under its reference is refused', async () => {
  const first = await invalidate(['/a'], 'once');
  expect((await invalidate(['/a'], 'once')).Invalidation?.Id).toBe(first.Invalidation?.Id);
  await expect(invalidate(['/b'], 'once')).rejects.toMatchObject({
    name: 'InvalidArgument',
    message:
      'Your request contains a caller reference that was used for a previous invalidation batch for the same distribution.',
  });
});

test.each([['a'], ['/a*b'], ['/a b'], ['/é'], [`/${'a'.repeat(4_000)}`]])('%s is no path', async (path) => {
  await expect(invalidate([path])).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Your request contains one or more invalid invalidation paths.',
  });
});

test('a quantity that is another, and an invalidation or a distribution that is not there, are refused', async () => {
  await expect(invalidate(['/a'], 'odd', 2)).rejects.toMatchObject({ name: 'InconsistentQuantities' });
  const missing = { DistributionId: distribution.id, Id: 'INONE' };
  await expect(world.cloudfront.getInvalidation(missing)).rejects.toMatchObject({
    name: 'NoSuchInvalidation',
    $metadata: { httpStatusCode: 404 },
  });
  await expect(world.cloudfront.listInvalidations({ DistributionId: 'ENONE' })).rejects.toMatchObject({
    name: 'NoSuchDistribution',
  });
});

test('15 wildcards and 3,000 files are invalidated at a time, each whatever there is of the other', async () => {
  await settle();
  const many = (count: number, end: string): string[] => Array.from({ length: count }, (_, n) => `/${n}${end}`);
  await invalidate(many(15, '*'));
  await expect(invalidate(['/more*'])).rejects.toMatchObject({ name: 'TooManyInvalidationsInProgress' });
  await expect(invalidate(many(3_001, ''))).rejects.toMatchObject({
    name: 'BatchTooLarge',
    $metadata: { httpStatusCode: 413 },
  });
  await invalidate(many(3_000, ''));
  await expect(invalidate(['/more'])).rejects.toMatchObject({ name: 'TooManyInvalidationsInProgress' });
  await settle();
  await invalidate(['/more*', '/more']);
});

test('they are listed newest first, page by page', async () => {
  const { Invalidation: last } = await invalidate(['/last']);
  const listed = await world.cloudfront.listInvalidations({ DistributionId: distribution.id, MaxItems: 2 });
  expect(listed.InvalidationList).toMatchObject({ MaxItems: 2, IsTruncated: true, Quantity: 2 });
  expect(listed.InvalidationList?.Items?.[0]).toMatchObject({ Id: last?.Id, Status: 'InProgress' });
  const next = await world.cloudfront.listInvalidations({
    DistributionId: distribution.id,
    Marker: String(listed.InvalidationList?.NextMarker),
  });
  expect(next.InvalidationList).toMatchObject({ IsTruncated: false, Quantity: expect.any(Number) });
  expect(next.InvalidationList?.Items?.map(({ Id }) => Id)).not.toContain(last?.Id);
});
