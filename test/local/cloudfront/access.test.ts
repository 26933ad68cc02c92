import { CloudFront } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { PolicyStatement } from '../../../local/permissions/policy.ts';
import { type ACloudFront, aCloudFront, aConfig, aDistribution, anAcmCertificate, update } from './a-cloudfront.ts';

let world: ACloudFront;
beforeAll(async () => {
  world = await aCloudFront();
});
afterAll(() => world.close());
// The bucket fills up again between tests.
beforeEach(() => world.aws.clock.advance(30_000));

const as = (...statements: PolicyStatement[]): CloudFront =>
  world.aws.client(CloudFront, { credentials: world.aws.role(...statements) });
const may = (Action: string, rest: Partial<PolicyStatement> = {}): PolicyStatement =>
  ({ Effect: 'Allow', Action, Resource: '*', ...rest }) as PolicyStatement;
const denied = (action: string) => ({
  name: 'AccessDenied',
  message: expect.stringContaining(`is not authorized to perform: ${action} on resource`),
  $metadata: expect.objectContaining({ httpStatusCode: 403 }),
});
const withTags = (Value = 'main') => ({
  DistributionConfigWithTags: {
    DistributionConfig: aConfig(),
    Tags: { Items: [{ Key: 'nameplate:stack', Value }] },
  },
});

test('a distribution with tags takes CreateDistribution and TagResource', async () => {
  await expect(as(may('cloudfront:CreateDistribution')).createDistributionWithTags(withTags())).rejects.toMatchObject(
    denied('cloudfront:TagResource'),
  );
  await expect(as(may('cloudfront:TagResource')).createDistributionWithTags(withTags())).rejects.toMatchObject(
    denied('cloudfront:CreateDistribution'),
  );
  await as(may('cloudfront:CreateDistribution'), may('cloudfront:TagResource')).createDistributionWithTags(withTags());
});

test('tags that a policy asks for are judged on creation', async () => {
  const Condition = { StringEquals: { 'aws:RequestTag/nameplate:stack': 'main' } };
  const role = as(may('cloudfront:CreateDistribution', { Condition }), may('cloudfront:TagResource', { Condition }));
  await role.createDistributionWithTags(withTags());
  await expect(role.createDistributionWithTags(withTags('other'))).rejects.toMatchObject(
    denied('cloudfront:CreateDistribution'),
  );
  await expect(role.createDistribution({ DistributionConfig: aConfig() })).rejects.toMatchObject(
    denied('cloudfront:CreateDistribution'),
  );
});

test("one's own distributions are known by their tags", async () => {
  const { Distribution: own } = await world.cloudfront.createDistributionWithTags(withTags());
  const other = await aDistribution(world, { deployed: false });
  const Condition = { StringEquals: { 'aws:ResourceTag/nameplate:stack': 'main' } };
  const role = as(may('cloudfront:GetDistribution', { Condition }));
  await role.getDistribution({ Id: own?.Id });
  await expect(role.getDistribution({ Id: other.id })).rejects.toMatchObject(denied('cloudfront:GetDistribution'));
});

test.each<[action: string, call: (client: CloudFront, id: string, arn: string) => Promise<unknown>]>([
  ['GetDistribution', (client, Id) => client.getDistribution({ Id })],
  ['GetDistributionConfig', (client, Id) => client.getDistributionConfig({ Id })],
  ['DeleteDistribution', (client, Id) => client.deleteDistribution({ Id, IfMatch: 'E1' })],
  ['ListTagsForResource', (client, _, Resource) => client.listTagsForResource({ Resource })],
  ['ListDistributions', (client) => client.listDistributions({})],
  ['ListCachePolicies', (client) => client.listCachePolicies({})],
])('%s is denied to who may not', async (action, call) => {
  const { id, arn } = await aDistribution(world, { deployed: false });
  await expect(call(as(may('cloudfront:GetInvalidation')), id, arn)).rejects.toMatchObject(
    denied(`cloudfront:${action}`),
  );
});

test('callers that are too fast are throttled', async () => {
  const calls = await Promise.allSettled(
    Array.from({ length: 40 }, () => world.cloudfront.listDistributions({ MaxItems: 1 })),
  );
  const refused = calls.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.reason).toMatchObject({ name: 'Throttling', $metadata: { httpStatusCode: 400 } });
});

test('S10: to a role, what was created is listed late, and what was deleted is listed for some seconds more', async () => {
  const late = await aCloudFront({ lagShare: 1 });
  const role = late.aws.client(CloudFront, { credentials: late.aws.role(may('cloudfront:*')) });
  const listed = async (client: CloudFront) =>
    (await client.listDistributions({})).DistributionList?.Items?.map(({ Id }) => Id) ?? [];
  const { id } = await aDistribution(late, { deployed: false });
  expect([await listed(role), await listed(late.cloudfront)]).toEqual([[], [id]]);
  await late.aws.clock.advance(6000);
  expect(await listed(role)).toEqual([id]);
  const IfMatch = await update(late, id, () => ({ Enabled: false }), { deployed: true });
  await late.cloudfront.deleteDistribution({ Id: id, IfMatch });
  expect([await listed(role), await listed(late.cloudfront)]).toEqual([[id], []]);
  await late.aws.clock.advance(6000);
  expect(await listed(role)).toEqual([]);
  await late.close();
});

test('C2: to a role, what was created is found late and what was changed is read late', async () => {
  const late = await aCloudFront({ lagShare: 1 });
  const credentials = late.aws.role(may('cloudfront:*'));
  const role = late.aws.client(CloudFront, { credentials });
  const { Distribution } = await role.createDistribution({ DistributionConfig: aConfig() });
  const Id = String(Distribution?.Id);
  await expect(role.getDistribution({ Id })).rejects.toMatchObject({ name: 'NoSuchDistribution' });
  await late.aws.clock.advance(6000);
  const { ETag: before } = await role.getDistribution({ Id });
  const after = await update(late, Id, () => ({ Comment: 'changed' }), { deployed: false });
  expect((await role.getDistribution({ Id })).ETag).toBe(before);
  expect((await late.cloudfront.getDistribution({ Id })).ETag).toBe(after);
  await late.aws.clock.advance(6000);
  expect((await role.getDistributionConfig({ Id })).ETag).toBe(after);
  await late.close();
});

test('C5: to a role, a new certificate may be unknown for up to a minute', async () => {
  const late = await aCloudFront({ lagShare: 1 });
  const role = late.aws.client(CloudFront, { credentials: late.aws.role(may('cloudfront:*')) });
  const certificate = await anAcmCertificate(late);
  const create = () => role.createDistribution({ DistributionConfig: aConfig({ certificate }) });
  await expect(create()).rejects.toMatchObject({ name: 'InvalidViewerCertificate' });
  await late.aws.clock.advance(60_000);
  await create();
  await late.close();
});
