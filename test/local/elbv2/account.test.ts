import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type AnElbv2, aLoadBalancer, anElbv2, aTargetGroup, saying } from './an-elbv2.ts';

let world: AnElbv2;
beforeEach(async () => {
  world = await anElbv2();
});
afterEach(() => world.aws.close());

test('tags are put, overwritten, described and taken away', async () => {
  const { elb } = world;
  const { arn } = await aLoadBalancer(world, { active: false, Tags: [{ Key: 'nameplate:site', Value: 'x' }] });
  const group = await aTargetGroup(world);
  await elb.addTags({ ResourceArns: [arn, group], Tags: [{ Key: 'a', Value: '1' }] });
  await elb.addTags({ ResourceArns: [arn], Tags: [{ Key: 'a', Value: '2' }] });
  const { TagDescriptions } = await elb.describeTags({ ResourceArns: [arn, group] });
  expect(TagDescriptions).toEqual([
    {
      ResourceArn: arn,
      Tags: [
        { Key: 'nameplate:site', Value: 'x' },
        { Key: 'a', Value: '2' },
      ],
    },
    { ResourceArn: group, Tags: [{ Key: 'a', Value: '1' }] },
  ]);
  await elb.removeTags({ ResourceArns: [arn], TagKeys: ['a', 'b'] });
  const left = await elb.describeTags({ ResourceArns: [arn] });
  expect(left.TagDescriptions?.[0]?.Tags).toEqual([{ Key: 'nameplate:site', Value: 'x' }]);
});

test.each([
  [
    [
      { Key: 'a', Value: '1' },
      { Key: 'a', Value: '2' },
    ],
    'DuplicateTagKeysException',
  ],
  [[{ Key: 'aws:a', Value: '1' }], 'ValidationError'],
  [[{ Key: 'a!', Value: '1' }], 'ValidationError'],
  [Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })), 'TooManyTagsException'],
])('AddTags refuses %j', async (Tags, name) => {
  const arn = await aTargetGroup(world);
  await expect(world.elb.addTags({ ResourceArns: [arn], Tags })).rejects.toMatchObject({ name });
});

test('tags are of things that exist', async () => {
  const { elb } = world;
  const arn = await aTargetGroup(world);
  await expect(elb.describeTags({ ResourceArns: [arn.replace(/.$/, 'x')] })).rejects.toMatchObject({
    name: 'TargetGroupNotFoundException',
  });
  await expect(elb.describeTags({ ResourceArns: ['arn:aws:s3:::bucket'] })).rejects.toMatchObject({
    name: 'ValidationError',
  });
});

test('changes share a bucket of 20 that fills by 3 a second; load balancers have one of 10', async () => {
  const { aws, elb } = world;
  await aws.clock.advance(60_000);
  const arn = await aTargetGroup(world);
  const tag = () => elb.addTags({ ResourceArns: [arn], Tags: [{ Key: 'a', Value: '1' }] });
  for (let i = 0; i < 19; i++) await tag();
  await expect(tag()).rejects.toMatchObject({ name: 'Throttling', message: 'Rate exceeded' });
  await elb.describeTags({ ResourceArns: [arn] });
  await aws.clock.advance(1_000);
  await tag();

  await aws.clock.advance(60_000);
  const answers: string[] = [];
  for (let i = 0; i < 11; i++) {
    const { LoadBalancers } = await aLoadBalancer(world, { active: false }).then(
      ({ arn: made }) => ({ LoadBalancers: [made] }),
      (error: Error) => ({ LoadBalancers: [error.name] }),
    );
    answers.push(...LoadBalancers);
  }
  expect(new Set(answers.slice(0, 10)).size).toBe(1);
  expect(answers[10]).toBe('Throttling');
});

test('a right to change what bears our tag is no right to change the rest', async () => {
  const { aws } = world;
  const own = await aLoadBalancer(world, { active: false, Tags: [{ Key: 'nameplate:stack', Value: 'main' }] });
  const foreign = await aLoadBalancer(world, { Name: 'foreign', active: false });
  const credentials = aws.role(
    {
      Effect: 'Allow',
      Action: ['elasticloadbalancing:CreateListener', 'elasticloadbalancing:DeleteLoadBalancer'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/nameplate:stack': 'main' } },
    },
    // What ELB reads in its caller's name.
    { Effect: 'Allow', Action: ['ec2:Describe*', 'iam:CreateServiceLinkedRole'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'elasticloadbalancing:CreateTargetGroup',
      Resource: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/nameplate-*/*',
    },
  );
  const limited = aws.client(ElasticLoadBalancingV2, { credentials });
  const listener = { Port: 80, Protocol: 'HTTP' as const, DefaultActions: saying('x') };
  await limited.createListener({ ...listener, LoadBalancerArn: own.arn });
  await expect(limited.createListener({ ...listener, LoadBalancerArn: foreign.arn })).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(limited.deleteLoadBalancer({ LoadBalancerArn: foreign.arn })).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  const group = { Protocol: 'HTTP' as const, Port: 80, VpcId: world.vpcId };
  await limited.createTargetGroup({ ...group, Name: 'nameplate-shop' });
  await expect(limited.createTargetGroup({ ...group, Name: 'shop' })).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('the account’s limits are described', async () => {
  const { Limits } = await world.elb.describeAccountLimits({});
  expect(Limits).toContainEqual({ Name: 'application-load-balancers', Max: '50' });
});
