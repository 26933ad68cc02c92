import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { awsCli, describeWithAwsCli } from '../../support/aws-cli.ts';
import {
  type ACloudFront,
  aCloudFront,
  aConfig,
  aDistribution,
  anAcmCertificate,
  CACHING_DISABLED,
} from './a-cloudfront.ts';

let world: ACloudFront;

describeWithAwsCli('the AWS CLI', () => {
  beforeAll(async () => {
    world = await aCloudFront();
  });
  afterAll(() => world.close());

  const cli = (...words: string[]) => awsCli(world.aws.url, 'cloudfront', ...words);
  type Shown = { ETag: string; Distribution: { Id: string; ARN: string; Status: string }; DistributionConfig: object };

  test('makes a distribution, changes it, and takes it away', async () => {
    const made = (await cli('create-distribution', '--distribution-config', JSON.stringify(aConfig()))) as Shown;
    const { Id } = made.Distribution;
    expect(made).toMatchObject({ Distribution: { Status: 'InProgress' }, ETag: expect.stringMatching(/^E/) });
    await world.aws.clock.advance(225_000);
    await cli('wait', 'distribution-deployed', '--id', Id);
    const { DistributionConfig, ETag } = (await cli('get-distribution-config', '--id', Id)) as Shown;
    const disabled = JSON.stringify({ ...DistributionConfig, Enabled: false });
    const change = ['update-distribution', '--id', Id, '--distribution-config', disabled];
    await expect(cli(...change, '--if-match', 'E000000000000')).rejects.toThrow(
      "An error occurred (PreconditionFailed) when calling the UpdateDistribution operation: The request failed because it didn't meet the preconditions in one or more request-header fields.",
    );
    const changed = (await cli(...change, '--if-match', ETag)) as Shown;
    expect(changed.Distribution.Status).toBe('InProgress');
    await world.aws.clock.advance(90_000);
    await cli('delete-distribution', '--id', Id, '--if-match', changed.ETag);
    await expect(cli('get-distribution', '--id', Id)).rejects.toThrow(
      'An error occurred (NoSuchDistribution) when calling the GetDistribution operation: The specified distribution does not exist.',
    );
  });

  test('lists distributions over pages, tags and policies', async () => {
    for (let at = 0; at < 3; at++) await aDistribution(world);
    const all = (await cli('list-distributions', '--page-size', '2')) as {
      DistributionList: { Items: { ARN: string }[] };
    };
    expect(all.DistributionList.Items).toHaveLength(3);
    const arn = String(all.DistributionList.Items[0]?.ARN);
    await cli('tag-resource', '--resource', arn, '--tags', 'Items=[{Key=a,Value=1}]');
    expect(await cli('list-tags-for-resource', '--resource', arn)).toEqual({
      Tags: { Items: [{ Key: 'a', Value: '1' }] },
    });
    expect(await cli('get-cache-policy', '--id', CACHING_DISABLED)).toMatchObject({
      CachePolicy: { CachePolicyConfig: { Name: 'Managed-CachingDisabled', MaxTTL: 0 } },
    });
  });

  test('moves an alias', async () => {
    const certificate = await anAcmCertificate(world);
    const source = await aDistribution(world, { aliases: ['shop.example.test'], certificate });
    const target = await aDistribution(world, { certificate });
    expect(
      await cli('list-conflicting-aliases', '--distribution-id', target.id, '--alias', 'shop.example.test'),
    ).toMatchObject({ ConflictingAliasesList: { Items: [{ DistributionId: `*******${source.id.slice(-7)}` }] } });
    await expect(
      cli(
        'update-domain-association',
        '--domain',
        'shop.example.test',
        '--target-resource',
        `DistributionId=${target.id}`,
      ),
    ).rejects.toThrow('(IllegalUpdate)');
    await cli('associate-alias', '--target-distribution-id', target.id, '--alias', 'shop.example.test');
    expect(await cli('get-distribution', '--id', target.id)).toMatchObject({
      Distribution: { DistributionConfig: { Aliases: { Items: ['shop.example.test'] } } },
    });
  });
});
