import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { anInstance, aVpc } from '../ec2/an-ec2.ts';
import { type AnElbv2, aLoadBalancer, anElbv2, aTargetGroup, forwardTo, healthIn } from './an-elbv2.ts';

let world: AnElbv2;
let count = 0;
beforeAll(async () => {
  world = await anElbv2();
});
// The bucket for changes fills up again.
beforeEach(() => world.aws.clock.advance(10_000));
afterAll(() => world.aws.close());

const fresh = () => `group-${count++}`;

test('a target group has AWS’s defaults', async () => {
  const { elb, vpcId } = world;
  const { TargetGroups } = await elb.createTargetGroup({ Name: 'plain', Protocol: 'HTTP', Port: 8080, VpcId: vpcId });
  expect(TargetGroups).toEqual([
    {
      TargetGroupArn: expect.stringMatching(
        /^arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup\/plain\/[0-9a-f]{16}$/,
      ),
      TargetGroupName: 'plain',
      Protocol: 'HTTP',
      ProtocolVersion: 'HTTP1',
      Port: 8080,
      VpcId: vpcId,
      TargetType: 'instance',
      IpAddressType: 'ipv4',
      HealthCheckEnabled: true,
      HealthCheckProtocol: 'HTTP',
      HealthCheckPort: 'traffic-port',
      HealthCheckPath: '/',
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200' },
      LoadBalancerArns: [],
    },
  ]);
});

test('the same settings again are the same target group, others are refused', async () => {
  const name = fresh();
  const arn = await aTargetGroup(world, { name });
  expect(await aTargetGroup(world, { name })).toBe(arn);
  await expect(aTargetGroup(world, { name, HealthCheckPath: '/up' })).rejects.toMatchObject({
    name: 'DuplicateTargetGroupNameException',
    message: `A target group with the same name '${name}' exists, but with different settings`,
  });
});

test.each([
  [{ HealthCheckIntervalSeconds: 4 }, 'ValidationError'],
  [{ HealthCheckIntervalSeconds: 301 }, 'ValidationError'],
  [{ HealthCheckTimeoutSeconds: 1 }, 'ValidationError'],
  [{ HealthCheckTimeoutSeconds: 30 }, 'ValidationError'],
  [{ HealthyThresholdCount: 1 }, 'ValidationError'],
  [{ UnhealthyThresholdCount: 11 }, 'ValidationError'],
  [{ Matcher: { HttpCode: '500' } }, 'ValidationError'],
  [{ Matcher: { HttpCode: '200-' } }, 'ValidationError'],
  [{ Matcher: { HttpCode: '299-200' } }, 'ValidationError'],
  [{ HealthCheckPath: 'up' }, 'ValidationError'],
  [{ HealthCheckPort: '0' }, 'ValidationError'],
  [{ HealthCheckEnabled: false }, 'ValidationError'],
  [{ Port: 70_000 }, 'ValidationError'],
  [{ VpcId: 'vpc-0123456789abcdef0' }, 'ValidationError'],
  [{ Protocol: 'TCP' }, 'InvalidConfigurationRequestException'],
  [{ TargetType: 'lambda' }, 'InvalidConfigurationRequestException'],
  [{ ProtocolVersion: 'GRPC' }, 'InvalidConfigurationRequestException'],
])('CreateTargetGroup refuses %j', async (wrong, name) => {
  await expect(aTargetGroup(world, { name: fresh(), ...wrong })).rejects.toMatchObject({ name });
});

test('health checks can be changed, within the same bounds', async () => {
  const { elb } = world;
  const TargetGroupArn = await aTargetGroup(world, { name: fresh() });
  const { TargetGroups } = await elb.modifyTargetGroup({
    TargetGroupArn,
    HealthCheckPath: '/up?deep=1',
    HealthCheckIntervalSeconds: 10,
    Matcher: { HttpCode: '200-299,301' },
  });
  expect(TargetGroups?.[0]).toMatchObject({
    HealthCheckPath: '/up?deep=1',
    HealthCheckIntervalSeconds: 10,
    HealthCheckTimeoutSeconds: 5,
    Matcher: { HttpCode: '200-299,301' },
  });
  await expect(elb.modifyTargetGroup({ TargetGroupArn, HealthCheckTimeoutSeconds: 10 })).rejects.toMatchObject({
    name: 'ValidationError',
    message: "Health check timeout '10' must be smaller than the interval '10'",
  });
});

test('attributes have AWS’s defaults and bounds', async () => {
  const { elb } = world;
  const TargetGroupArn = await aTargetGroup(world, { name: fresh() });
  const { Attributes } = await elb.describeTargetGroupAttributes({ TargetGroupArn });
  expect(Attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '300' });
  const modify = (Key: string, Value: string) =>
    elb.modifyTargetGroupAttributes({ TargetGroupArn, Attributes: [{ Key, Value }] });
  await modify('deregistration_delay.timeout_seconds', '0');
  await expect(modify('deregistration_delay.timeout_seconds', '3601')).rejects.toMatchObject({
    name: 'ValidationError',
  });
  await expect(modify('stickiness.enabled', 'true')).rejects.toMatchObject({
    name: 'InvalidConfigurationRequestException',
  });
});

test('only what runs in the VPC is registered', async () => {
  const { aws, ec2, elb, subnetIds } = world;
  const TargetGroupArn = await aTargetGroup(world, { name: fresh() });
  const register = (Id: string) => elb.registerTargets({ TargetGroupArn, Targets: [{ Id }] });
  await expect(register('i-0123456789abcdef0')).rejects.toMatchObject({ name: 'InvalidTargetException' });

  const { instanceId } = await anInstance(world, { subnetId: subnetIds[0] });
  await ec2.stopInstances({ InstanceIds: [instanceId] });
  await expect(register(instanceId)).rejects.toMatchObject({
    name: 'InvalidTargetException',
    message: `The following targets are not in a running state and cannot be registered: '${instanceId}'`,
  });
  const other = await aVpc(ec2, { cidr: '10.6' });
  const stranger = await anInstance(world, { subnetId: other.subnetIds[0] });
  await expect(register(stranger.instanceId)).rejects.toMatchObject({ name: 'InvalidTargetException' });

  const addresses = await aTargetGroup(world, { name: fresh(), TargetType: 'ip' });
  await elb.registerTargets({ TargetGroupArn: addresses, Targets: [{ Id: '10.0.0.99' }] });
  for (const [Id, name] of [
    ['203.0.113.9', 'InvalidTargetException'],
    ['ten', 'ValidationError'],
  ] as const) {
    await expect(elb.registerTargets({ TargetGroupArn: addresses, Targets: [{ Id }] })).rejects.toMatchObject({ name });
  }
  await aws.clock.advance(1_000);
});

test.each([
  ['of the VPC', '10.0.0.77', undefined, undefined],
  [
    'of the VPC for all zones',
    '10.0.0.77',
    'all',
    "The IP address '10.0.0.77' is within the VPC, and cannot have its Availability Zone overridden to 'all' from 'us-east-1a'",
  ],
  [
    'outside the VPC without a zone',
    '192.168.7.7',
    undefined,
    "The Availability Zone is required for IP address '192.168.7.7' because it is not in the VPC",
  ],
  [
    'of a block of the VPC that no subnet has',
    '10.0.250.7',
    undefined,
    "The Availability Zone is required for IP address '10.0.250.7' because it is not in the VPC",
  ],
  [
    'outside the VPC for one zone',
    '192.168.7.7',
    'us-east-1a',
    "The Availability Zone for IP address '192.168.7.7' must be 'all' for Application Load Balancer target groups, when not within the VPC",
  ],
  ['outside the VPC for all zones', '192.168.7.7', 'all', undefined],
])('an address %s is registered as ELB registers it', async (_, Id, AvailabilityZone, message) => {
  const { elb } = world;
  const TargetGroupArn = await aTargetGroup(world, { name: fresh(), TargetType: 'ip' });
  const target = { Id, ...(AvailabilityZone !== undefined && { AvailabilityZone }) };
  const registered = elb.registerTargets({ TargetGroupArn, Targets: [target] });
  if (message !== undefined) {
    await expect(registered).rejects.toMatchObject({ name: 'ValidationError', message });
    return;
  }
  await registered;
  const { TargetHealthDescriptions = [] } = await elb.describeTargetHealth({ TargetGroupArn });
  expect(TargetHealthDescriptions.map(({ Target }) => Target)).toEqual([{ Port: 80, ...target }]);
});

test('a target of a group that no load balancer uses is unused, and goes at once', async () => {
  const { elb, subnetIds } = world;
  const { instanceId } = await anInstance(world, { subnetId: subnetIds[0] });
  const arn = await aTargetGroup(world, { name: fresh(), targets: [instanceId] });
  expect(await healthIn(world, arn)).toEqual({
    State: 'unused',
    Reason: 'Target.NotInUse',
    Description: 'Target group is not configured to receive traffic from the load balancer',
  });
  const asked = await elb.describeTargetHealth({ TargetGroupArn: arn, Targets: [{ Id: instanceId, Port: 81 }] });
  expect(asked.TargetHealthDescriptions).toEqual([
    {
      Target: { Id: instanceId, Port: 81 },
      HealthCheckPort: '81',
      TargetHealth: {
        State: 'unused',
        Reason: 'Target.NotRegistered',
        Description: 'Target is not registered to the target group',
      },
    },
  ]);
  await elb.deregisterTargets({ TargetGroupArn: arn, Targets: [{ Id: instanceId }] });
  expect(await healthIn(world, arn)).toBeUndefined();
});

test('L12: a target group in use is not deleted; twice deleted is once', async () => {
  const { elb } = world;
  const arn = await aTargetGroup(world, { name: fresh() });
  const { arn: LoadBalancerArn } = await aLoadBalancer(world, { Name: 'uses-it', active: false });
  await elb.createListener({ LoadBalancerArn, Port: 80, Protocol: 'HTTP', DefaultActions: forwardTo(arn) });
  const { TargetGroups } = await elb.describeTargetGroups({ LoadBalancerArn });
  expect(TargetGroups).toMatchObject([{ TargetGroupArn: arn, LoadBalancerArns: [LoadBalancerArn] }]);
  await expect(elb.deleteTargetGroup({ TargetGroupArn: arn })).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message: `Target group '${arn}' is currently in use by a listener or a rule`,
  });
  await elb.deleteLoadBalancer({ LoadBalancerArn });
  await elb.deleteTargetGroup({ TargetGroupArn: arn });
  await elb.deleteTargetGroup({ TargetGroupArn: arn });
  await expect(elb.describeTargetGroups({ TargetGroupArns: [arn] })).rejects.toMatchObject({
    name: 'TargetGroupNotFoundException',
  });
});

test('a target group belongs to one load balancer', async () => {
  const { elb } = world;
  const arn = await aTargetGroup(world, { name: fresh() });
  const listener = { Port: 80, Protocol: 'HTTP' as const, DefaultActions: forwardTo(arn) };
  const one = await aLoadBalancer(world, { Name: 'one', active: false });
  const two = await aLoadBalancer(world, { Name: 'two', active: false });
  await elb.createListener({ ...listener, LoadBalancerArn: one.arn });
  await expect(elb.createListener({ ...listener, LoadBalancerArn: two.arn })).rejects.toMatchObject({
    name: 'TargetGroupAssociationLimitException',
  });
});
