import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AnEc2, anEc2, anInstance, aVpc } from './an-ec2.ts';

let world: AnEc2;
let vpcId: string;
beforeAll(async () => {
  world = await anEc2();
  ({ vpcId } = await aVpc(world.ec2, { ipv6: true }));
});
afterAll(() => world.aws.close());

test('a subnet is a piece of its VPC in one zone, without five of its addresses', async () => {
  const { Subnet } = await world.ec2.createSubnet({
    VpcId: vpcId,
    CidrBlock: '10.0.8.0/24',
    AvailabilityZone: 'us-east-1c',
    Ipv6CidrBlock: '2001:db8:1f00:108::/64',
    TagSpecifications: [{ ResourceType: 'subnet', Tags: [{ Key: 'Name', Value: 'third' }] }],
  });
  expect(Subnet).toMatchObject({
    VpcId: vpcId,
    AvailabilityZone: 'us-east-1c',
    AvailabilityZoneId: 'use1-az3',
    AvailableIpAddressCount: 251,
    MapPublicIpOnLaunch: false,
    Tags: [{ Key: 'Name', Value: 'third' }],
  });
  const { Subnets } = await world.ec2.describeSubnets({
    Filters: [
      { Name: 'vpc-id', Values: [vpcId] },
      { Name: 'availability-zone', Values: ['us-east-1c'] },
    ],
  });
  expect(Subnets?.map(({ SubnetId }) => SubnetId)).toEqual([Subnet?.SubnetId]);
});

test.each([
  [{ CidrBlock: '10.1.0.0/24' }, 'InvalidSubnet.Range'],
  [{ CidrBlock: '10.0.9.0/29' }, 'InvalidSubnet.Range'],
  [{ CidrBlock: '10.0.0.128/25' }, 'InvalidSubnet.Conflict'],
  [{ CidrBlock: 'ten' }, 'InvalidParameterValue'],
  [{ CidrBlock: '10.0.9.0/24', AvailabilityZone: 'us-east-1z' }, 'InvalidParameterValue'],
  [{ CidrBlock: '10.0.9.0/24', Ipv6CidrBlock: '2001:db8:1f00:109::/60' }, 'InvalidSubnet.Range'],
  [{ CidrBlock: '10.0.9.0/24', Ipv6CidrBlock: '2001:db8:1f00:100::/64' }, 'InvalidSubnet.Conflict'],
])('CreateSubnet refuses %j', async (wrong, name) => {
  await expect(world.ec2.createSubnet({ VpcId: vpcId, ...wrong })).rejects.toMatchObject({ name });
});

test('L12: a subnet with an instance is not deleted', async () => {
  const { ec2 } = world;
  const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.0.10.0/24' });
  const subnetId = Subnet?.SubnetId as string;
  const { instanceId } = await anInstance(world, { subnetId });
  await expect(ec2.deleteSubnet({ SubnetId: subnetId })).rejects.toMatchObject({ name: 'DependencyViolation' });
  await ec2.terminateInstances({ InstanceIds: [instanceId] });
  await world.aws.clock.advance(60_000);
  await ec2.deleteSubnet({ SubnetId: subnetId });
  await expect(ec2.deleteSubnet({ SubnetId: subnetId })).rejects.toMatchObject({
    name: 'InvalidSubnetID.NotFound',
    message: `The subnet ID '${subnetId}' does not exist`,
  });
});

test('a subnet gives IPv6 addresses once it is told to, and only if it has any', async () => {
  const { ec2 } = world;
  const make = async (CidrBlock: string, Ipv6CidrBlock?: string) =>
    (await ec2.createSubnet({ VpcId: vpcId, CidrBlock, ...(Ipv6CidrBlock && { Ipv6CidrBlock }) })).Subnet
      ?.SubnetId as string;
  const dual = await make('10.0.11.0/24', '2001:db8:1f00:10b::/64');
  const plain = await make('10.0.12.0/24');
  await ec2.modifySubnetAttribute({ SubnetId: dual, AssignIpv6AddressOnCreation: { Value: true } });
  await expect(
    ec2.modifySubnetAttribute({ SubnetId: plain, AssignIpv6AddressOnCreation: { Value: true } }),
  ).rejects.toMatchObject({ name: 'InvalidSubnet' });
  const { instanceId } = await anInstance(world, { subnetId: dual });
  const { Reservations } = await ec2.describeInstances({ InstanceIds: [instanceId] });
  expect(Reservations?.[0]?.Instances?.[0]?.Ipv6Address).toMatch(/^2001:db8:1f00:10b::\w+$/);
});

test('what is not here says so', async () => {
  await expect(
    world.ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.0.13.0/24', OutpostArn: 'arn:aws:outposts:x' }),
  ).rejects.toMatchObject({
    name: 'UnsupportedOperation',
    message: 'The parameter OutpostArn is not part of this local AWS.',
  });
});
