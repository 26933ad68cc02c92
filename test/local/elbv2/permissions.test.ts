import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { PolicyStatement } from '../../../local/permissions/policy.ts';
import { type AnElbv2, aLoadBalancer, anElbv2 } from './an-elbv2.ts';

let world: AnElbv2;
beforeAll(async () => {
  world = await anElbv2();
});
afterAll(() => world.aws.close());
// CreateLoadBalancer's bucket fills up again between tests.
beforeEach(() => world.aws.clock.advance(120_000));

const tag = { Key: 'nameplate:stack', Value: 'main' };
const all = (...actions: string[]): PolicyStatement => ({ Effect: 'Allow', Action: actions, Resource: '*' });

const as = (...statements: PolicyStatement[]): ElasticLoadBalancingV2 =>
  world.aws.client(ElasticLoadBalancingV2, { credentials: world.aws.role(...statements) });

const denied = (action: string) => ({
  name: 'AccessDenied',
  message: expect.stringContaining(`is not authorized to perform: ${action} on resource`),
});

const LOAD_BALANCER = [
  'ec2:DescribeAccountAttributes',
  'ec2:DescribeAddresses',
  'ec2:DescribeInternetGateways',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
  'ec2:GetSecurityGroupsForVpc',
  'iam:CreateServiceLinkedRole',
];

test.each(LOAD_BALANCER)('CreateLoadBalancer is denied to a caller that may not %s (A1)', async (missing) => {
  const rest = LOAD_BALANCER.filter((action) => action !== missing);
  const limited = as(all('elasticloadbalancing:CreateLoadBalancer', ...rest));
  const asked = { Name: 'shop', Subnets: world.subnetIds, SecurityGroups: [world.groupId] };
  await expect(limited.createLoadBalancer(asked)).rejects.toMatchObject(denied(missing));
});

const TARGET_GROUP = ['ec2:DescribeInternetGateways', 'ec2:DescribeVpcs', 'iam:CreateServiceLinkedRole'];

test.each(TARGET_GROUP)('CreateTargetGroup is denied to a caller that may not %s (A1)', async (missing) => {
  const rest = TARGET_GROUP.filter((action) => action !== missing);
  const limited = as(all('elasticloadbalancing:CreateTargetGroup', ...rest));
  const asked = { Name: 'shop', Protocol: 'HTTP', Port: 80, VpcId: world.vpcId } as const;
  await expect(limited.createTargetGroup(asked)).rejects.toMatchObject(denied(missing));
});

const TARGETS = ['ec2:DescribeInstances', 'ec2:DescribeInternetGateways', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'];

test.each(TARGETS)('RegisterTargets is denied to a caller that may not %s (A1)', async (missing) => {
  const rest = TARGETS.filter((action) => action !== missing);
  const limited = as(all('elasticloadbalancing:RegisterTargets', ...rest));
  const asked = { TargetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/x/1', Targets: [] };
  await expect(limited.registerTargets(asked)).rejects.toMatchObject(denied(missing));
});

test('tags on what is created need AddTags in that very call, on what it creates (A1)', async () => {
  const creating = all('elasticloadbalancing:CreateLoadBalancer', ...LOAD_BALANCER);
  const asked = { Name: 'tagged', Subnets: world.subnetIds, SecurityGroups: [world.groupId], Tags: [tag] };
  await expect(as(creating).createLoadBalancer(asked)).rejects.toMatchObject(denied('elasticloadbalancing:AddTags'));
  const tagging = (action: string): PolicyStatement => ({
    ...all('elasticloadbalancing:AddTags'),
    Resource: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/tagged/*',
    Condition: {
      StringEquals: { 'elasticloadbalancing:CreateAction': action, 'aws:RequestTag/nameplate:stack': 'main' },
    },
  });
  await expect(as(creating, tagging('CreateListener')).createLoadBalancer(asked)).rejects.toMatchObject(
    denied('elasticloadbalancing:AddTags'),
  );
  const { LoadBalancers } = await as(creating, tagging('CreateLoadBalancer')).createLoadBalancer(asked);
  // The permission to tag at creation is none to tag what exists.
  const ResourceArns = [LoadBalancers?.[0]?.LoadBalancerArn as string];
  await expect(as(tagging('CreateLoadBalancer')).addTags({ ResourceArns, Tags: [tag] })).rejects.toMatchObject(
    denied('elasticloadbalancing:AddTags'),
  );
});

test('of several resources each is judged by its own tags (A1)', async () => {
  const own = await aLoadBalancer(world, { Name: 'own', Tags: [tag], active: false });
  const foreign = await aLoadBalancer(world, { Name: 'foreign', active: false });
  const limited = as({
    ...all('elasticloadbalancing:AddTags'),
    Condition: { StringEquals: { 'aws:ResourceTag/nameplate:stack': 'main' } },
  });
  await limited.addTags({ ResourceArns: [own.arn], Tags: [tag] });
  await expect(limited.addTags({ ResourceArns: [own.arn, foreign.arn], Tags: [tag] })).rejects.toMatchObject(
    denied('elasticloadbalancing:AddTags'),
  );
});
