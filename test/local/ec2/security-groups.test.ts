import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AnEc2, aGroup, anEc2, anInstance, aVpc } from './an-ec2.ts';

let world: AnEc2;
let vpcId: string;
let count = 0;
beforeAll(async () => {
  world = await anEc2();
  ({ vpcId } = await aVpc(world.ec2));
});
afterAll(() => world.aws.close());

const group = () => aGroup(world.ec2, { vpcId, name: `group-${count++}`, port: 80 });
const port = (number: number) => ({ IpProtocol: 'tcp', FromPort: number, ToPort: number });
const everywhere = [{ CidrIp: '0.0.0.0/0' }];

test('a new group lets everything out and nothing in', async () => {
  const { GroupId, SecurityGroupArn } = await world.ec2.createSecurityGroup({
    VpcId: vpcId,
    GroupName: 'fresh',
    Description: 'A fresh one',
    TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'nameplate:site', Value: 'x' }] }],
  });
  expect(SecurityGroupArn).toBe(`arn:aws:ec2:us-east-1:123456789012:security-group/${GroupId}`);
  const { SecurityGroups } = await world.ec2.describeSecurityGroups({
    Filters: [{ Name: 'group-name', Values: ['fresh'] }],
  });
  expect(SecurityGroups).toMatchObject([
    {
      GroupId,
      Description: 'A fresh one',
      IpPermissions: [],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: everywhere }],
      Tags: [{ Key: 'nameplate:site', Value: 'x' }],
    },
  ]);
});

test('a name stands once in a VPC', async () => {
  const groupName = `twice-${count++}`;
  await aGroup(world.ec2, { vpcId, name: groupName });
  await expect(aGroup(world.ec2, { vpcId, name: groupName })).rejects.toMatchObject({
    name: 'InvalidGroup.Duplicate',
    message: `The security group '${groupName}' already exists for VPC '${vpcId}'`,
  });
});

test.each([
  [{ GroupName: 'default' }, 'InvalidParameterValue'],
  [{ GroupName: 'sg-mine' }, 'InvalidParameterValue'],
  [{ GroupName: 'größe' }, 'InvalidParameterValue'],
  [{ GroupName: 'x'.repeat(256) }, 'InvalidParameterValue'],
  [{ GroupName: 'ok', VpcId: undefined }, 'VPCIdNotSpecified'],
  [{ GroupName: 'ok', VpcId: 'vpc-0123456789abcdef0' }, 'InvalidVpcID.NotFound'],
])('CreateSecurityGroup refuses %j', async (wrong, name) => {
  await expect(world.ec2.createSecurityGroup({ VpcId: vpcId, Description: 'd', ...wrong })).rejects.toMatchObject({
    name,
  });
});

test('L11: rules come one a peer, keep their descriptions, and stand once', async () => {
  const { ec2 } = world;
  const GroupId = await group();
  const { SecurityGroupRules } = await ec2.authorizeSecurityGroupIngress({
    GroupId,
    IpPermissions: [
      {
        ...port(443),
        IpRanges: [{ CidrIp: '203.0.113.77/24', Description: 'office' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:DB8::1/32' }],
        UserIdGroupPairs: [{ GroupId }],
      },
    ],
    TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'Name', Value: 'https' }] }],
  });
  expect(SecurityGroupRules).toMatchObject([
    { CidrIpv4: '203.0.113.0/24', Description: 'office', IsEgress: false, FromPort: 443, IpProtocol: 'tcp' },
    { CidrIpv6: '2001:db8::/32' },
    { ReferencedGroupInfo: { GroupId } },
  ]);
  const again = ec2.authorizeSecurityGroupIngress({
    GroupId,
    IpPermissions: [{ ...port(443), IpRanges: [{ CidrIp: '203.0.113.0/24' }] }],
  });
  await expect(again).rejects.toMatchObject({
    name: 'InvalidPermission.Duplicate',
    message: 'the specified rule "peer: 203.0.113.0/24, TCP, from port: 443, to port: 443, ALLOW" already exists',
  });
  const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [GroupId] });
  expect(SecurityGroups?.[0]?.IpPermissions).toHaveLength(2);
  const rules = await ec2.describeSecurityGroupRules({ Filters: [{ Name: 'tag:Name', Values: ['https'] }] });
  expect(rules.SecurityGroupRules).toHaveLength(3);
});

test('A4: one rule that exists already, whatever its description, or one to be revoked that does not, refuses the whole call', async () => {
  const GroupId = await group();
  const asked = (...cidrs: string[]) => [{ ...port(443), IpRanges: cidrs.map((CidrIp) => ({ CidrIp })) }];
  const described = [{ ...port(443), IpRanges: [{ CidrIp: '192.0.2.0/24', Description: 'office' }] }];
  await world.ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: described });
  const before = await world.ec2.describeSecurityGroups({ GroupIds: [GroupId] });
  await expect(
    world.ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: asked('198.51.100.0/24', '192.0.2.0/24') }),
  ).rejects.toMatchObject({ name: 'InvalidPermission.Duplicate' });
  await expect(
    world.ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: asked('192.0.2.0/24', '198.51.100.0/24') }),
  ).rejects.toMatchObject({ name: 'InvalidPermission.NotFound' });
  const { SecurityGroups } = await world.ec2.describeSecurityGroups({ GroupIds: [GroupId] });
  expect(SecurityGroups).toEqual(before.SecurityGroups);
});

test('L11: what is not there cannot be revoked; what is goes by value or by id', async () => {
  const { ec2 } = world;
  const GroupId = await group();
  await expect(
    ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: [{ ...port(22), IpRanges: everywhere }] }),
  ).rejects.toMatchObject({ name: 'InvalidPermission.NotFound' });
  const revoked = await ec2.revokeSecurityGroupIngress({
    GroupId,
    IpPermissions: [{ ...port(80), IpRanges: everywhere }],
  });
  expect(revoked.RevokedSecurityGroupRules).toMatchObject([{ CidrIpv4: '0.0.0.0/0', FromPort: 80 }]);
  const { SecurityGroupRules } = await ec2.describeSecurityGroupRules({
    Filters: [{ Name: 'group-id', Values: [GroupId] }],
  });
  const [egress] = SecurityGroupRules ?? [];
  await ec2.revokeSecurityGroupEgress({ GroupId, SecurityGroupRuleIds: [egress?.SecurityGroupRuleId as string] });
  await expect(
    ec2.revokeSecurityGroupEgress({ GroupId, SecurityGroupRuleIds: [egress?.SecurityGroupRuleId as string] }),
  ).rejects.toMatchObject({ name: 'InvalidSecurityGroupRuleId.NotFound' });
  await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions: [{ IpProtocol: '-1', IpRanges: everywhere }] });
});

test('L11: a group has room for 60 rules in each direction and family', async () => {
  const { ec2 } = world;
  const GroupId = await group();
  const ports = (first: number, number: number) =>
    Array.from({ length: number }, (_, i) => ({ ...port(first + i), IpRanges: everywhere }));
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: ports(1000, 59) });
  await expect(ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: ports(2000, 1) })).rejects.toMatchObject({
    name: 'RulesPerSecurityGroupLimitExceeded',
  });
  await ec2.authorizeSecurityGroupIngress({
    GroupId,
    IpPermissions: [{ ...port(2000), Ipv6Ranges: [{ CidrIpv6: '::/0' }] }],
  });
  await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions: ports(1000, 1) });
});

test.each([
  [{ ...port(80), IpRanges: [{ CidrIp: '10.0.0.0/33' }] }, /^CIDR block 10.0.0.0.33 is malformed$/],
  [{ IpProtocol: 'tcp', FromPort: 90, ToPort: 80, IpRanges: everywhere }, /^Invalid TCP port range .90-80.$/],
  [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 70_000, IpRanges: everywhere }, /70000/],
  [{ IpProtocol: 'tcp', IpRanges: everywhere }, /Must specify both from and to ports/],
  [{ IpProtocol: 'quic', ...{ FromPort: 1, ToPort: 1 }, IpRanges: everywhere }, /Unknown protocol/],
  [{ ...port(80), IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'naïve' }] }, /Invalid rule description/],
])('AuthorizeSecurityGroupIngress refuses %j', async (permission, message) => {
  const GroupId = await group();
  await expect(world.ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [permission] })).rejects.toMatchObject(
    { name: 'InvalidParameterValue', message: expect.stringMatching(message) },
  );
});

test('a rule may name a group of its own VPC only', async () => {
  const { ec2 } = world;
  const GroupId = await group();
  const pair = (id: string) => ({ GroupId, IpPermissions: [{ ...port(81), UserIdGroupPairs: [{ GroupId: id }] }] });
  const other = await aVpc(ec2, { cidr: '10.7' });
  await expect(ec2.authorizeSecurityGroupIngress(pair(other.defaultGroupId))).rejects.toMatchObject({
    name: 'InvalidGroup.NotFound',
    message: 'You have specified two resources that belong to different networks.',
  });
  await expect(ec2.authorizeSecurityGroupIngress(pair('sg-0123456789abcdef0'))).rejects.toMatchObject({
    name: 'InvalidGroup.NotFound',
    message: "The security group 'sg-0123456789abcdef0' does not exist",
  });
});

test('L12: a group that an instance or a rule needs is not deleted, nor the default one', async () => {
  const { ec2 } = world;
  const { subnetIds, defaultGroupId, vpcId: own } = await aVpc(ec2, { cidr: '10.8' });
  const used = await aGroup(ec2, { vpcId: own, name: 'used' });
  const referred = await aGroup(ec2, { vpcId: own, name: 'referred' });
  await aGroup(ec2, { vpcId: own, name: 'referring', from: referred });
  await anInstance(world, { subnetId: subnetIds[0], groupIds: [used] });
  for (const GroupId of [used, referred]) {
    await expect(ec2.deleteSecurityGroup({ GroupId })).rejects.toMatchObject({
      name: 'DependencyViolation',
      message: `resource ${GroupId} has a dependent object`,
    });
  }
  await expect(ec2.deleteSecurityGroup({ GroupId: defaultGroupId })).rejects.toMatchObject({ name: 'CannotDelete' });
  const free = await group();
  await ec2.deleteSecurityGroup({ GroupId: free });
  await expect(ec2.deleteSecurityGroup({ GroupId: free })).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' });
});

test('filters look into the rules, and an unknown one is refused', async () => {
  const { ec2 } = world;
  const GroupId = await aGroup(ec2, { vpcId, name: `filtered-${count++}`, port: 8443 });
  const found = await ec2.describeSecurityGroups({
    Filters: [
      { Name: 'ip-permission.from-port', Values: ['8443'] },
      { Name: 'ip-permission.cidr', Values: ['0.0.0.0/?'] },
    ],
  });
  expect(found.SecurityGroups?.map((it) => it.GroupId)).toEqual([GroupId]);
  await expect(ec2.describeSecurityGroups({ Filters: [{ Name: 'colour', Values: ['red'] }] })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: "The filter 'colour' is invalid",
  });
});
