import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AnEc2, aGroup, anEc2, aVpc, IMAGE } from './an-ec2.ts';

let world: AnEc2;
beforeAll(async () => {
  world = await anEc2();
});
afterAll(() => world.aws.close());

test('a VPC comes with a main route table, a default network ACL and a default group, and with a /56 of IPv6 on request', async () => {
  const { ec2 } = world;
  const { Vpc } = await ec2.createVpc({
    CidrBlock: '10.1.2.3/16',
    AmazonProvidedIpv6CidrBlock: true,
    TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: 'world' }] }],
  });
  expect(Vpc).toMatchObject({ CidrBlock: '10.1.0.0/16', State: 'pending', IsDefault: false });
  expect(Vpc?.VpcId).toMatch(/^vpc-[0-9a-f]{17}$/);
  expect(Vpc?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock).toBe('2001:db8:1f00:100::/56');
  const vpcId = Vpc?.VpcId as string;

  const here = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] };
  const { RouteTables } = await ec2.describeRouteTables(here);
  expect(RouteTables).toMatchObject([
    {
      Associations: [{ Main: true }],
      Routes: [
        { DestinationCidrBlock: '10.1.0.0/16', GatewayId: 'local', State: 'active' },
        { DestinationIpv6CidrBlock: '2001:db8:1f00:100::/56', GatewayId: 'local' },
      ],
    },
  ]);
  const { SecurityGroups } = await ec2.describeSecurityGroups(here);
  expect(SecurityGroups).toMatchObject([
    {
      GroupName: 'default',
      IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: SecurityGroups?.[0]?.GroupId }] }],
      IpPermissionsEgress: [
        { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
      ],
    },
  ]);
  const { NetworkAcls } = await ec2.describeNetworkAcls(here);
  const rule = (Egress: boolean, RuleNumber: number, RuleAction: string) => ({ Egress, RuleNumber, RuleAction });
  expect(NetworkAcls).toMatchObject([{ VpcId: vpcId, IsDefault: true, Associations: [] }]);
  expect(NetworkAcls?.[0]?.Entries?.filter(({ CidrBlock }) => CidrBlock === '0.0.0.0/0')).toMatchObject([
    rule(true, 100, 'allow'),
    rule(true, 32_767, 'deny'),
    rule(false, 100, 'allow'),
    rule(false, 32_767, 'deny'),
  ]);
  const { Vpcs } = await ec2.describeVpcs({ Filters: [{ Name: 'tag:Name', Values: ['wor*'] }] });
  expect(Vpcs).toMatchObject([{ VpcId: vpcId, State: 'available', Tags: [{ Key: 'Name', Value: 'world' }] }]);
  await ec2.deleteVpc({ VpcId: vpcId });
  await expect(ec2.describeVpcs({ VpcIds: [vpcId] })).rejects.toMatchObject({
    name: 'InvalidVpcID.NotFound',
    message: `The vpc ID '${vpcId}' does not exist`,
  });
});

test.each([
  ['10.0.0.0/8', 'InvalidVpc.Range', "The CIDR '10.0.0.0/8' is invalid."],
  ['10.0.0.0/29', 'InvalidVpc.Range', "The CIDR '10.0.0.0/29' is invalid."],
  ['10.0.0.300/16', 'InvalidParameterValue', expect.stringContaining('not a valid CIDR block')],
  ['2001:db8::/56', 'InvalidParameterValue', expect.stringContaining('not a valid CIDR block')],
])('CreateVpc refuses %s', async (CidrBlock, name, message) => {
  await expect(world.ec2.createVpc({ CidrBlock })).rejects.toMatchObject({ name, message });
});

test('a region has room for five VPCs', async () => {
  const { aws, ec2 } = await anEc2();
  for (let i = 0; i < 5; i++) await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  await expect(ec2.createVpc({ CidrBlock: '10.0.0.0/16' })).rejects.toMatchObject({ name: 'VpcLimitExceeded' });
  await aws.close();
});

test('DryRun says that the caller may, and does nothing', async () => {
  const { ec2 } = world;
  await expect(ec2.createVpc({ CidrBlock: '10.9.0.0/16', DryRun: true })).rejects.toMatchObject({
    name: 'DryRunOperation',
    $metadata: { httpStatusCode: 412 },
  });
  const { Vpcs } = await ec2.describeVpcs({ Filters: [{ Name: 'cidr', Values: ['10.9.0.0/16'] }] });
  expect(Vpcs).toEqual([]);
});

test('L12: a VPC in use is not deleted', async () => {
  const { ec2 } = world;
  const { vpcId } = await aVpc(ec2, { cidr: '10.20' });
  await expect(ec2.deleteVpc({ VpcId: vpcId })).rejects.toMatchObject({
    name: 'DependencyViolation',
    message: `The vpc '${vpcId}' has dependencies and cannot be deleted.`,
  });
});

test('a VPC gives host names once it is told to, one attribute a call', async () => {
  const { ec2, aws } = world;
  const { vpcId, subnetIds } = await aVpc(ec2, { cidr: '10.21' });
  await ec2.modifyVpcAttribute({ VpcId: vpcId, EnableDnsHostnames: { Value: true } });
  const { EnableDnsHostnames } = await ec2.describeVpcAttribute({ VpcId: vpcId, Attribute: 'enableDnsHostnames' });
  expect(EnableDnsHostnames).toEqual({ Value: true });
  await expect(
    ec2.modifyVpcAttribute({ VpcId: vpcId, EnableDnsHostnames: { Value: true }, EnableDnsSupport: { Value: true } }),
  ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  await ec2.runInstances({ ImageId: IMAGE, MinCount: 1, MaxCount: 1, SubnetId: subnetIds[0] });
  await aws.clock.advance(60_000);
  const { Reservations } = await ec2.describeInstances({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] });
  expect(Reservations?.[0]?.Instances?.[0]?.PublicDnsName).toMatch(/^ec2-203-0-113-\d+\.compute-1\.amazonaws\.com$/);
});

test('each region is its own', async () => {
  const { aws, ec2 } = world;
  const { vpcId } = await aVpc(ec2, { cidr: '10.22' });
  const { EC2 } = await import('@aws-sdk/client-ec2');
  const ireland = aws.client(EC2, { region: 'eu-west-1' });
  await expect(ireland.describeVpcs({ VpcIds: [vpcId] })).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' });
  const { AvailabilityZones } = await ireland.describeAvailabilityZones({});
  expect(AvailabilityZones?.map(({ ZoneName, ZoneId }) => [ZoneName, ZoneId])).toEqual([
    ['eu-west-1a', 'euw1-az1'],
    ['eu-west-1b', 'euw1-az2'],
    ['eu-west-1c', 'euw1-az3'],
  ]);
});

test('lists come in pages of 5 to 1000', async () => {
  const { aws, ec2 } = await anEc2();
  const { vpcId } = await aVpc(ec2);
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await aGroup(ec2, { vpcId, name });
  const first = await ec2.describeSecurityGroups({ MaxResults: 5 });
  const second = await ec2.describeSecurityGroups({ MaxResults: 5, NextToken: first.NextToken });
  expect([first.SecurityGroups?.length, second.SecurityGroups?.length, second.NextToken]).toEqual([5, 2, undefined]);
  await expect(ec2.describeSecurityGroups({ MaxResults: 2 })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: 'Value ( 2 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
  });
  await expect(ec2.describeRouteTables({ MaxResults: 101 })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: 'Value ( 101 ) for parameter maxResults is invalid. Expecting a value smaller than or equal to 100.',
  });
  const Values = Array.from({ length: 201 }, (_, n) => `g${n}`);
  await expect(ec2.describeSecurityGroups({ Filters: [{ Name: 'group-name', Values }] })).rejects.toMatchObject({
    name: 'FilterLimitExceeded',
    message: 'The maximum number of filter values specified on a single call is 200',
  });
  await expect(ec2.describeSecurityGroups({ NextToken: 'nonsense' })).rejects.toMatchObject({
    name: 'InvalidNextToken',
  });
  await expect(ec2.describeInstances({ MaxResults: 5, InstanceIds: ['i-0123456789abcdef0'] })).rejects.toMatchObject({
    name: 'InvalidInstanceID.NotFound',
  });
  await aws.close();
});
