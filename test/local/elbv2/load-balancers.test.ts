import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aGroup, aVpc, IMAGE, LAPTOP } from '../ec2/an-ec2.ts';
import { type AnElbv2, aLoadBalancer, anElbv2, askAt, saying } from './an-elbv2.ts';

let world: AnElbv2;
beforeEach(async () => {
  world = await anElbv2();
});
afterEach(() => world.aws.close());

const shown = async (arn: string) =>
  (await world.elb.describeLoadBalancers({ LoadBalancerArns: [arn] })).LoadBalancers?.[0];

test('a load balancer is provisioning for two or three minutes, and answers once it is active', async () => {
  const { aws, elb, internet, names } = world;
  const { LoadBalancers } = await elb.createLoadBalancer({
    Name: 'shop',
    Subnets: world.subnetIds,
    SecurityGroups: [world.groupId],
    Tags: [{ Key: 'nameplate:site', Value: 'shop.example.test' }],
  });
  const [made] = LoadBalancers ?? [];
  expect(made).toMatchObject({
    LoadBalancerArn: expect.stringMatching(
      /^arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer\/app\/shop\/[0-9a-f]{16}$/,
    ),
    DNSName: expect.stringMatching(/^shop-\d{10}\.us-east-1\.elb\.amazonaws\.com$/),
    CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
    Scheme: 'internet-facing',
    State: { Code: 'provisioning' },
    Type: 'application',
    IpAddressType: 'ipv4',
    VpcId: world.vpcId,
    AvailabilityZones: [
      { ZoneName: 'us-east-1a', SubnetId: world.subnetIds[0] },
      { ZoneName: 'us-east-1b', SubnetId: world.subnetIds[1] },
    ],
    SecurityGroups: [world.groupId],
  });
  const arn = made?.LoadBalancerArn as string;
  const name = names.get(made?.DNSName as string);
  const [address = ''] = name?.a() ?? [];
  expect(address).toMatch(/^203\.0\.113\./);
  expect([name?.zoneId, name?.aaaa()]).toEqual(['Z35SXDOTRQ7X7K', []]);
  await elb.createListener({ LoadBalancerArn: arn, Port: 80, Protocol: 'HTTP', DefaultActions: saying('hello') });
  expect(internet.reach(LAPTOP, { address, port: 80 })).toBe('refused');

  const before = aws.clock.now().getTime();
  await aws.clock.until(async () => (await shown(arn))?.State?.Code === 'active');
  const seconds = (aws.clock.now().getTime() - before) / 1000;
  expect(seconds).toBeGreaterThan(139);
  expect(seconds).toBeLessThan(191);
  expect(aws.host.draws.drawn).toContainEqual(expect.objectContaining({ what: 'elasticloadbalancing:active' }));
  expect((await askAt(world, address)).body).toBe('hello');
});

test('L5: the same settings again are the same load balancer, others are refused', async () => {
  const { elb, subnetIds, groupId } = world;
  const request = { Name: 'shop', Subnets: subnetIds, SecurityGroups: [groupId] };
  const first = await elb.createLoadBalancer(request);
  const second = await elb.createLoadBalancer({ ...request, Subnets: subnetIds.toReversed() });
  expect(second.LoadBalancers?.[0]?.LoadBalancerArn).toBe(first.LoadBalancers?.[0]?.LoadBalancerArn);
  await expect(elb.createLoadBalancer({ ...request, Scheme: 'internal' })).rejects.toMatchObject({
    name: 'DuplicateLoadBalancerNameException',
    message: "A load balancer with the same name 'shop' exists, but with different settings",
  });
});

test('L8: subnets are two or more, of one VPC with a gateway, one in each zone', async () => {
  const { ec2, elb, vpcId, subnetIds, groupId } = world;
  const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.0.7.0/24', AvailabilityZone: 'us-east-1a' });
  const { Subnet: small } = await ec2.createSubnet({
    VpcId: vpcId,
    CidrBlock: '10.0.8.0/28',
    AvailabilityZone: 'us-east-1c',
  });
  for (let i = 4; i < 10; i++) {
    await ec2.runInstances({
      ImageId: IMAGE,
      MinCount: 1,
      MaxCount: 1,
      SubnetId: small?.SubnetId,
      PrivateIpAddress: `10.0.8.${i}`,
    });
    await world.aws.clock.advance(1_000);
  }
  const other = await aVpc(ec2, { cidr: '10.5', gateway: false, mapPublicIp: false });
  const create = (Subnets: string[]) => elb.createLoadBalancer({ Name: 'x', Subnets, SecurityGroups: [groupId] });
  const [a, b] = subnetIds;
  await expect(create([a])).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'At least two subnets in two different Availability Zones must be specified',
  });
  await expect(create([a, Subnet?.SubnetId as string])).rejects.toMatchObject({
    name: 'InvalidConfigurationRequestException',
    message: 'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
  });
  await expect(create([a, other.subnetIds[1]])).rejects.toMatchObject({ name: 'InvalidConfigurationRequestException' });
  await expect(create([b, small?.SubnetId as string])).rejects.toMatchObject({ name: 'InvalidSubnetException' });
  await expect(create([a, 'subnet-0123456789abcdef0'])).rejects.toMatchObject({
    name: 'SubnetNotFoundException',
    message: "The subnet ID 'subnet-0123456789abcdef0' does not exist",
  });
  await expect(
    elb.createLoadBalancer({ Name: 'x', Subnets: other.subnetIds, SecurityGroups: [other.defaultGroupId] }),
  ).rejects.toMatchObject({
    name: 'InvalidSubnetException',
    message: `VPC ${other.vpcId} has no internet gateway`,
  });
});

test.each([
  ['x'.repeat(33), "cannot be longer than '32' characters"],
  ['my_shop', 'can only contain characters that are alphanumeric'],
  ['-shop', "cannot begin or end with '-'"],
  ['shop-', "cannot begin or end with '-'"],
  ['internal-shop', "cannot begin with 'internal-'"],
])('L9: the name %s is refused', async (Name, message) => {
  const { elb, subnetIds, groupId } = world;
  await expect(elb.createLoadBalancer({ Name, Subnets: subnetIds, SecurityGroups: [groupId] })).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining(message),
  });
});

test('security groups are of the same VPC; without one the default group is taken', async () => {
  const { ec2, elb, subnetIds } = world;
  const other = await aVpc(ec2, { cidr: '10.5' });
  const request = { Name: 'shop', Subnets: subnetIds };
  await expect(elb.createLoadBalancer({ ...request, SecurityGroups: [other.defaultGroupId] })).rejects.toMatchObject({
    name: 'InvalidConfigurationRequestException',
  });
  await expect(elb.createLoadBalancer({ ...request, SecurityGroups: ['sg-0123456789abcdef0'] })).rejects.toMatchObject({
    name: 'InvalidSecurityGroupException',
  });
  const { LoadBalancers } = await elb.createLoadBalancer(request);
  const { SecurityGroups } = await ec2.describeSecurityGroups({
    GroupIds: LoadBalancers?.[0]?.SecurityGroups ?? [],
  });
  expect(SecurityGroups?.[0]?.GroupName).toBe('default');
});

test('an internal load balancer has private addresses only', async () => {
  const { arn, addresses } = await aLoadBalancer(world, { Scheme: 'internal' });
  expect(addresses).toEqual([expect.stringMatching(/^10\.0\.0\./), expect.stringMatching(/^10\.0\.1\./)]);
  expect((await shown(arn))?.DNSName).toMatch(/^internal-shop-\d{10}\./);
  const { NetworkInterfaces } = await world.ec2.describeNetworkInterfaces({
    Filters: [{ Name: 'requester-id', Values: ['amazon-elb'] }],
  });
  expect(NetworkInterfaces?.map(({ Association }) => Association)).toEqual([undefined, undefined]);
});

test('a load balancer’s interfaces are seen in EC2, and keep its group from being deleted', async () => {
  const { ec2, groupId } = world;
  const { arn } = await aLoadBalancer(world);
  const { NetworkInterfaces } = await ec2.describeNetworkInterfaces({
    Filters: [{ Name: 'description', Values: [`ELB ${arn.split('loadbalancer/')[1]}`] }],
  });
  expect(NetworkInterfaces).toHaveLength(2);
  expect(NetworkInterfaces?.[0]).toMatchObject({ RequesterManaged: true, RequesterId: 'amazon-elb' });
  await expect(ec2.deleteSecurityGroup({ GroupId: groupId })).rejects.toMatchObject({ name: 'DependencyViolation' });
});

test('its security groups decide who reaches it', async () => {
  const { ec2, elb, internet, vpcId } = world;
  const { arn, addresses } = await aLoadBalancer(world);
  await elb.createListener({ LoadBalancerArn: arn, Port: 8080, Protocol: 'HTTP', DefaultActions: saying('hi') });
  const to = { address: addresses[0] as string, port: 8080 };
  expect(internet.reach(LAPTOP, to)).toBe('filtered');
  const office = await aGroup(ec2, { vpcId, name: 'office', port: 8080, from: '198.51.100.7/32' });
  const { SecurityGroupIds } = await elb.setSecurityGroups({ LoadBalancerArn: arn, SecurityGroups: [office] });
  expect(SecurityGroupIds).toEqual([office]);
  expect(internet.reach(LAPTOP, to)).toBe('open');
  expect(internet.reach('192.0.2.1', to)).toBe('filtered');
});

test('subnets can be changed: a node that may stay keeps its address', async () => {
  const { ec2, elb, vpcId, subnetIds, names } = world;
  const { arn, dnsName, addresses } = await aLoadBalancer(world);
  await elb.createListener({ LoadBalancerArn: arn, Port: 80, Protocol: 'HTTP', DefaultActions: saying('hi') });
  const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.0.9.0/24', AvailabilityZone: 'us-east-1c' });
  const { AvailabilityZones } = await elb.setSubnets({
    LoadBalancerArn: arn,
    Subnets: [subnetIds[1], Subnet?.SubnetId as string],
  });
  expect(AvailabilityZones?.map(({ ZoneName }) => ZoneName)).toEqual(['us-east-1b', 'us-east-1c']);
  const now = names.get(dnsName)?.a() ?? [];
  expect(now[0]).toBe(addresses[1]);
  expect((await askAt(world, now[1] as string)).body).toBe('hi');
  expect(world.internet.reach(LAPTOP, { address: addresses[0] as string, port: 80 })).toBe('unreachable');
  await expect(elb.setSubnets({ LoadBalancerArn: arn, Subnets: [subnetIds[0]] })).rejects.toMatchObject({
    name: 'ValidationError',
  });
});

test('dual stack needs subnets with IPv6, and answers there', async () => {
  const { elb, subnetIds, groupId } = world;
  const request = { Name: 'dual', Subnets: subnetIds, SecurityGroups: [groupId], IpAddressType: 'dualstack' as const };
  await expect(elb.createLoadBalancer(request)).rejects.toMatchObject({ name: 'ValidationError' });

  const dual = await anElbv2({ ipv6: true });
  const { arn, dnsName } = await aLoadBalancer(dual, { IpAddressType: 'dualstack' });
  await dual.elb.createListener({ LoadBalancerArn: arn, Port: 80, Protocol: 'HTTP', DefaultActions: saying('six') });
  const [address = ''] = dual.names.get(dnsName)?.aaaa() ?? [];
  expect(address).toMatch(/^2001:db8:1f00:100::\w+$/);
  expect((await askAt(dual, address, { from: '2001:db8:7::7' })).body).toBe('six');
  await dual.elb.setIpAddressType({ LoadBalancerArn: arn, IpAddressType: 'ipv4' });
  expect(dual.names.get(dnsName)?.aaaa()).toEqual([]);
  expect(dual.internet.reach('2001:db8:7::7', { address, port: 80 })).toBe('unreachable');
  await dual.elb.setIpAddressType({ LoadBalancerArn: arn, IpAddressType: 'dualstack' });
  expect(dual.names.get(dnsName)?.aaaa()).toHaveLength(2);
  await dual.aws.close();
});

test('A5, L12: a deleted load balancer is gone with its listeners and its name; its interfaces leave later; twice is once', async () => {
  const { ec2, elb, names, internet } = world;
  const { arn, dnsName, addresses } = await aLoadBalancer(world);
  const { Listeners } = await elb.createListener({
    LoadBalancerArn: arn,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: saying('hi'),
  });
  await elb.deleteLoadBalancer({ LoadBalancerArn: arn });
  await elb.deleteLoadBalancer({ LoadBalancerArn: arn });
  expect(names.has(dnsName)).toBe(false);
  expect(internet.reach(LAPTOP, { address: addresses[0] as string, port: 80 })).toBe('refused');
  await expect(ec2.deleteSecurityGroup({ GroupId: world.groupId })).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  await expect(shown(arn)).rejects.toMatchObject({
    name: 'LoadBalancerNotFoundException',
    message: 'One or more load balancers not found',
  });
  await expect(elb.describeListeners({ ListenerArns: [Listeners?.[0]?.ListenerArn as string] })).rejects.toMatchObject({
    name: 'ListenerNotFoundException',
  });
  expect((await ec2.describeNetworkInterfaces({})).NetworkInterfaces).not.toEqual([]);
  await world.aws.clock.advance(60_000);
  expect((await ec2.describeNetworkInterfaces({})).NetworkInterfaces).toEqual([]);
  expect(internet.reach(LAPTOP, { address: addresses[0] as string, port: 80 })).toBe('unreachable');
  await ec2.deleteSecurityGroup({ GroupId: world.groupId });
});

test('one that is deleted while it is provisioning never becomes active', async () => {
  const { arn } = await aLoadBalancer(world, { active: false });
  await world.elb.deleteLoadBalancer({ LoadBalancerArn: arn });
  await world.aws.clock.advance(200_000);
  await expect(shown(arn)).rejects.toMatchObject({ name: 'LoadBalancerNotFoundException' });
});

test('deletion protection protects', async () => {
  const { elb } = world;
  const { arn } = await aLoadBalancer(world, { active: false });
  const protect = (Value: string) =>
    elb.modifyLoadBalancerAttributes({
      LoadBalancerArn: arn,
      Attributes: [{ Key: 'deletion_protection.enabled', Value }],
    });
  await protect('true');
  await expect(elb.deleteLoadBalancer({ LoadBalancerArn: arn })).rejects.toMatchObject({
    name: 'OperationNotPermittedException',
    message: `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
  });
  await protect('false');
  await elb.deleteLoadBalancer({ LoadBalancerArn: arn });
});

test('attributes have AWS’s defaults and bounds', async () => {
  const { elb } = world;
  const { arn: LoadBalancerArn } = await aLoadBalancer(world, { active: false });
  const { Attributes } = await elb.describeLoadBalancerAttributes({ LoadBalancerArn });
  expect(Attributes).toEqual(
    expect.arrayContaining([
      { Key: 'idle_timeout.timeout_seconds', Value: '60' },
      { Key: 'routing.http2.enabled', Value: 'true' },
    ]),
  );
  const modify = (Key: string, Value: string) =>
    elb.modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes: [{ Key, Value }] });
  for (const [key, value] of [
    ['idle_timeout.timeout_seconds', '4001'],
    ['routing.http2.enabled', 'yes'],
    ['colour', 'red'],
  ] as const) {
    await expect(modify(key, value)).rejects.toMatchObject({ name: 'ValidationError' });
  }
  await expect(modify('access_logs.s3.enabled', 'true')).rejects.toMatchObject({
    name: 'InvalidConfigurationRequestException',
    message: "The value 'true' for the attribute 'access_logs.s3.enabled' is not part of this local AWS",
  });
});

test('load balancers are found by name, and missing ones named', async () => {
  const { elb } = world;
  const { arn } = await aLoadBalancer(world, { active: false });
  const { LoadBalancers } = await elb.describeLoadBalancers({ Names: ['shop'] });
  expect(LoadBalancers?.map(({ LoadBalancerArn }) => LoadBalancerArn)).toEqual([arn]);
  await expect(elb.describeLoadBalancers({ Names: ['shop', 'other'] })).rejects.toMatchObject({
    name: 'LoadBalancerNotFoundException',
    message: "Load balancers '[other]' not found",
  });
  await expect(elb.describeLoadBalancers({ LoadBalancerArns: ['shop'] })).rejects.toMatchObject({
    name: 'ValidationError',
    message: "'shop' is not a valid loadbalancer ARN",
  });
  const first = await elb.describeLoadBalancers({ PageSize: 1 });
  expect(first.NextMarker).toBeUndefined();
});

test('other types of load balancer are named as missing here', async () => {
  const { elb, subnetIds } = world;
  await expect(elb.createLoadBalancer({ Name: 'n', Subnets: subnetIds, Type: 'network' })).rejects.toMatchObject({
    message: "A load balancer of type 'network' is not part of this local AWS",
  });
});
