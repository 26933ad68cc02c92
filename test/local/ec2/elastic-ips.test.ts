import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type AnEc2, type AVpc, aGroup, anEc2, anInstance, aVpc, fetchOver, IMAGE, LAPTOP } from './an-ec2.ts';

let world: AnEc2;
let vpc: AVpc;
let groupId: string;
beforeEach(async () => {
  world = await anEc2();
  vpc = await aVpc(world.ec2);
  groupId = await aGroup(world.ec2, { vpcId: vpc.vpcId });
});
afterEach(() => world.aws.close());

const allocate = async () => {
  const { AllocationId, PublicIp } = await world.ec2.allocateAddress({ Domain: 'vpc' });
  return { AllocationId: AllocationId as string, PublicIp: PublicIp as string };
};
const server = () => anInstance(world, { subnetId: vpc.subnetIds[0], groupIds: [groupId] });

test("an Elastic IP takes the place of the instance's public address, and survives a stop", async () => {
  const { ec2, aws, internet } = world;
  const { instanceId, publicAddress: before = '', privateAddress } = await server();
  const { AllocationId, PublicIp } = await allocate();
  const { AssociationId } = await ec2.associateAddress({ AllocationId, InstanceId: instanceId });
  expect(AssociationId).toMatch(/^eipassoc-[0-9a-f]{17}$/);
  expect(internet.reach(LAPTOP, { address: before, port: 80 })).toBe('unreachable');
  expect((await fetchOver(internet, { to: PublicIp })).body).toContain(instanceId);

  const { Addresses } = await ec2.describeAddresses({ Filters: [{ Name: 'instance-id', Values: [instanceId] }] });
  expect(Addresses).toMatchObject([
    { AllocationId, PublicIp, AssociationId, InstanceId: instanceId, PrivateIpAddress: privateAddress, Domain: 'vpc' },
  ]);
  await ec2.stopInstances({ InstanceIds: [instanceId] });
  await aws.clock.advance(60_000);
  expect(internet.reach(LAPTOP, { address: PublicIp, port: 80 })).toBe('filtered');
  await ec2.startInstances({ InstanceIds: [instanceId] });
  await aws.clock.advance(60_000);
  expect(internet.reach(LAPTOP, { address: PublicIp, port: 80 })).toBe('open');
});

test('associating again changes nothing; elsewhere it moves, unless told not to', async () => {
  const { ec2 } = world;
  const [one, two] = [await server(), await server()];
  const { AllocationId, PublicIp } = await allocate();
  const first = await ec2.associateAddress({ AllocationId, InstanceId: one.instanceId });
  const again = await ec2.associateAddress({ AllocationId, InstanceId: one.instanceId });
  expect(again.AssociationId).toBe(first.AssociationId);
  await expect(
    ec2.associateAddress({ AllocationId, InstanceId: two.instanceId, AllowReassociation: false }),
  ).rejects.toMatchObject({
    name: 'Resource.AlreadyAssociated',
    message: `resource ${AllocationId} is already associated with associate-id ${first.AssociationId}`,
  });
  await ec2.associateAddress({ AllocationId, InstanceId: two.instanceId });
  expect((await fetchOver(world.internet, { to: PublicIp })).body).toContain(two.instanceId);
});

test('a second Elastic IP displaces the first one, with AllowReassociation false too', async () => {
  const { ec2 } = world;
  const { instanceId } = await server();
  const [one, two] = [await allocate(), await allocate()];
  for (const { AllocationId } of [one, two])
    await ec2.associateAddress({ AllocationId, InstanceId: instanceId, AllowReassociation: false });
  const { Addresses } = await ec2.describeAddresses({ AllocationIds: [one.AllocationId] });
  expect(Addresses?.[0]?.AssociationId).toBeUndefined();
});

test('taken off, the instance gets another public address of its own', async () => {
  const { ec2 } = world;
  const { instanceId, publicAddress: before } = await server();
  const { AllocationId, PublicIp } = await allocate();
  const { AssociationId } = await ec2.associateAddress({ AllocationId, InstanceId: instanceId });
  await expect(ec2.releaseAddress({ AllocationId })).rejects.toMatchObject({
    name: 'InvalidIPAddress.InUse',
    message: `Address ${PublicIp} is in use.`,
  });
  await ec2.disassociateAddress({ AssociationId });
  await expect(ec2.disassociateAddress({ AssociationId })).rejects.toMatchObject({
    name: 'InvalidAssociationID.NotFound',
  });
  const { Reservations } = await ec2.describeInstances({ InstanceIds: [instanceId] });
  const now = Reservations?.[0]?.Instances?.[0]?.PublicIpAddress;
  expect([before, PublicIp]).not.toContain(now);
  await ec2.releaseAddress({ AllocationId });
  await expect(ec2.describeAddresses({ AllocationIds: [AllocationId] })).rejects.toMatchObject({
    name: 'InvalidAllocationID.NotFound',
    message: `The allocation ID '${AllocationId}' does not exist`,
  });
});

test('a region has room for five Elastic IPs', async () => {
  for (let i = 0; i < 5; i++) await allocate();
  await expect(allocate()).rejects.toMatchObject({
    name: 'AddressLimitExceeded',
    message: 'The maximum number of addresses has been reached.',
  });
});

test('a pending instance, an unknown one and a VPC without a gateway take none', async () => {
  const { ec2 } = world;
  const { AllocationId } = await allocate();
  const inner = await aVpc(ec2, { cidr: '10.5', gateway: false, mapPublicIp: false });
  const launch = { ImageId: IMAGE, MinCount: 1, MaxCount: 1 };
  const { Instances } = await ec2.runInstances({ ...launch, SubnetId: vpc.subnetIds[0] });
  const pending = Instances?.[0]?.InstanceId as string;
  await expect(ec2.associateAddress({ AllocationId, InstanceId: pending })).rejects.toMatchObject({
    name: 'InvalidInstanceID',
    message: `The pending instance '${pending}' is not in a valid state for this operation.`,
  });
  const { instanceId } = await anInstance(world, { subnetId: inner.subnetIds[0] });
  await expect(ec2.associateAddress({ AllocationId, InstanceId: instanceId })).rejects.toMatchObject({
    name: 'Gateway.NotAttached',
  });
  await expect(ec2.associateAddress({ AllocationId, InstanceId: 'i-0123456789abcdef0' })).rejects.toMatchObject({
    name: 'InvalidInstanceID.NotFound',
  });
  await expect(ec2.associateAddress({ AllocationId })).rejects.toMatchObject({ name: 'MissingParameter' });
});

test('a released address goes to nobody the next moment', async () => {
  const { ec2 } = world;
  const { AllocationId, PublicIp } = await allocate();
  await ec2.releaseAddress({ AllocationId });
  expect((await allocate()).PublicIp).not.toBe(PublicIp);
});

test('as many can be allocated as the account is said to have', async () => {
  const { ec2 } = world;
  const asked = { AttributeNames: ['vpc-max-elastic-ips' as never] };
  const { AccountAttributes = [] } = await ec2.describeAccountAttributes(asked);
  expect(AccountAttributes).toEqual([
    { AttributeName: 'vpc-max-elastic-ips', AttributeValues: [{ AttributeValue: '5' }] },
  ]);
  for (let count = 0; count < 5; count += 1) await allocate();
  await expect(allocate()).rejects.toMatchObject({ name: 'AddressLimitExceeded' });
  const other = { AttributeNames: ['max-instances' as never] };
  await expect(ec2.describeAccountAttributes(other)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});
