import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AnEc2, type AVpc, aGroup, anEc2, anInstance, aVpc, fetchOver, IMAGE, LAPTOP } from './an-ec2.ts';

let world: AnEc2;
let vpc: AVpc;
let webGroup: string;
beforeAll(async () => {
  world = await anEc2();
  vpc = await aVpc(world.ec2);
  webGroup = await aGroup(world.ec2, { vpcId: vpc.vpcId });
});
afterAll(() => world.aws.close());

const one = { ImageId: IMAGE, MinCount: 1, MaxCount: 1 };
const shown = async (instanceId: string) => {
  const { Reservations } = await world.ec2.describeInstances({ InstanceIds: [instanceId] });
  return Reservations?.[0]?.Instances?.[0];
};

test('an instance goes from pending to running in its time, and serves a while later', async () => {
  const { ec2, aws, internet } = world;
  const { Instances } = await ec2.runInstances({
    ...one,
    InstanceType: 't3.micro',
    SubnetId: vpc.subnetIds[0],
    SecurityGroupIds: [webGroup],
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web' }] }],
  });
  const [launched] = Instances ?? [];
  const instanceId = launched?.InstanceId as string;
  expect(launched).toMatchObject({
    State: { Code: 0, Name: 'pending' },
    StateReason: { Code: 'pending' },
    InstanceType: 't3.micro',
    Placement: { AvailabilityZone: 'us-east-1a' },
    PublicIpAddress: expect.stringMatching(/^203\.0\.113\./),
    SecurityGroups: [{ GroupId: webGroup, GroupName: 'web' }],
    Tags: [{ Key: 'Name', Value: 'web' }],
  });
  const to = { address: launched?.PublicIpAddress as string, port: 80 };
  expect(internet.reach(LAPTOP, to)).toBe('filtered');

  await aws.clock.until(async () => (await shown(instanceId))?.State?.Name === 'running');
  expect(internet.reach(LAPTOP, to)).toBe('refused');
  const { InstanceStatuses } = await ec2.describeInstanceStatus({ InstanceIds: [instanceId] });
  expect(InstanceStatuses).toMatchObject([{ InstanceStatus: { Status: 'initializing' } }]);

  await aws.clock.until(() => internet.reach(LAPTOP, to) === 'open');
  const page = await fetchOver(internet, { to: to.address });
  expect([page.status, page.body]).toEqual([200, expect.stringContaining(instanceId)]);

  await aws.clock.advance(180_000);
  const later = await ec2.describeInstanceStatus({ InstanceIds: [instanceId] });
  expect(later.InstanceStatuses).toMatchObject([{ SystemStatus: { Status: 'ok' } }]);
  expect(aws.events.filter(({ source }) => source === 'aws.ec2').map(({ detail }) => detail)).toEqual([
    { 'instance-id': instanceId, state: 'pending' },
    { 'instance-id': instanceId, state: 'running' },
  ]);
});

test('a ClientToken launches once', async () => {
  const { ec2 } = world;
  const request = { ...one, SubnetId: vpc.subnetIds[0], ClientToken: 'shop-1' };
  const first = await ec2.runInstances(request);
  const second = await ec2.runInstances(request);
  expect(second.ReservationId).toBe(first.ReservationId);
  expect(second.Instances?.[0]?.InstanceId).toBe(first.Instances?.[0]?.InstanceId);
  await expect(ec2.runInstances({ ...request, InstanceType: 't3.nano' })).rejects.toMatchObject({
    name: 'IdempotentParameterMismatch',
  });
});

test('a stopped instance keeps its place and its private address, gives up its public one, and drops packets', async () => {
  const { ec2, aws, internet } = world;
  const {
    instanceId,
    privateAddress,
    publicAddress = '',
  } = await anInstance(world, {
    subnetId: vpc.subnetIds[0],
    groupIds: [webGroup],
  });
  const { StoppingInstances } = await ec2.stopInstances({ InstanceIds: [instanceId] });
  expect(StoppingInstances).toMatchObject([
    { PreviousState: { Name: 'running' }, CurrentState: { Code: 64, Name: 'stopping' } },
  ]);
  expect(internet.reach(LAPTOP, { address: publicAddress, port: 80 })).toBe('filtered');
  await expect(ec2.startInstances({ InstanceIds: [instanceId] })).rejects.toMatchObject({
    name: 'IncorrectInstanceState',
    message: `The instance '${instanceId}' is not in a state from which it can be started.`,
  });
  await aws.clock.advance(60_000);
  const stopped = await shown(instanceId);
  expect(stopped).toMatchObject({
    State: { Name: 'stopped' },
    PrivateIpAddress: privateAddress,
    StateReason: { Code: 'Client.UserInitiatedShutdown' },
    StateTransitionReason: expect.stringMatching(/^User initiated \(2026-11-22 \d\d:\d\d:\d\d GMT\)$/),
  });
  expect(stopped?.PublicIpAddress).toBeUndefined();
  expect(internet.reach(LAPTOP, { address: publicAddress, port: 80 })).toBe('unreachable');
  await ec2.stopInstances({ InstanceIds: [instanceId] });

  await ec2.startInstances({ InstanceIds: [instanceId] });
  await aws.clock.advance(60_000);
  const again = await shown(instanceId);
  expect(again).toMatchObject({ State: { Name: 'running' }, PrivateIpAddress: privateAddress });
  expect(again?.PublicIpAddress).not.toBe(publicAddress);
  expect(internet.reach(LAPTOP, { address: again?.PublicIpAddress as string, port: 80 })).toBe('open');
});

test('a rebooted instance is away for as long as a boot takes', async () => {
  const { ec2, aws, internet } = world;
  const { instanceId, publicAddress: address = '' } = await anInstance(world, {
    subnetId: vpc.subnetIds[0],
    groupIds: [webGroup],
  });
  await ec2.rebootInstances({ InstanceIds: [instanceId] });
  expect(internet.reach(LAPTOP, { address, port: 80 })).toBe('refused');
  await aws.clock.advance(31_000);
  expect(internet.reach(LAPTOP, { address, port: 80 })).toBe('open');
});

test('a terminated instance is described for an hour, without its network', async () => {
  const { ec2, aws, internet } = world;
  const { instanceId, publicAddress: address = '' } = await anInstance(world, { subnetId: vpc.subnetIds[0] });
  await ec2.terminateInstances({ InstanceIds: [instanceId] });
  await aws.clock.advance(60_000);
  const terminated = await shown(instanceId);
  expect(terminated?.State).toEqual({ Code: 48, Name: 'terminated' });
  expect([terminated?.PrivateIpAddress, terminated?.SubnetId]).toEqual([undefined, undefined]);
  expect(internet.reach(LAPTOP, { address, port: 80 })).toBe('unreachable');
  const ids = { InstanceIds: [instanceId] };
  for (const change of [() => ec2.startInstances(ids), () => ec2.stopInstances(ids), () => ec2.rebootInstances(ids)]) {
    await expect(change()).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
  }
  await ec2.terminateInstances({ InstanceIds: [instanceId] });
  await aws.clock.advance(3_600_000);
  await expect(shown(instanceId)).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
});

test('an instance that is protected from termination is not terminated', async () => {
  const { ec2 } = world;
  const { instanceId } = await anInstance(world, { subnetId: vpc.subnetIds[0] });
  await ec2.modifyInstanceAttribute({ InstanceId: instanceId, DisableApiTermination: { Value: true } });
  const attribute = await ec2.describeInstanceAttribute({ InstanceId: instanceId, Attribute: 'disableApiTermination' });
  expect(attribute.DisableApiTermination).toEqual({ Value: true });
  await expect(ec2.terminateInstances({ InstanceIds: [instanceId] })).rejects.toMatchObject({
    name: 'OperationNotPermitted',
  });
});

test('an id that is none, or nobody has, is named', async () => {
  const { ec2 } = world;
  await expect(ec2.describeInstances({ InstanceIds: ['web-1'] })).rejects.toMatchObject({
    name: 'InvalidInstanceID.Malformed',
    message: 'Invalid id: "web-1" (expecting "i-...")',
  });
  await expect(
    ec2.describeInstances({ InstanceIds: ['i-0123456789abcdef0', 'i-0123456789abcdef1'] }),
  ).rejects.toMatchObject({
    name: 'InvalidInstanceID.NotFound',
    message: "The instance IDs 'i-0123456789abcdef0, i-0123456789abcdef1' do not exist",
  });
});

test.each([
  [{ ImageId: 'debian' }, 'InvalidAMIID.Malformed'],
  [{ ImageId: 'ami-0123456789abcdef1' }, 'InvalidAMIID.NotFound'],
  [{ InstanceType: 't9.micro' as never }, 'InvalidParameterValue'],
  [{ InstanceType: 't4g.micro' as const }, 'InvalidParameterValue'],
  [{ InstanceType: 'm7i.xlarge' as const, MaxCount: 9 }, 'VcpuLimitExceeded'],
  [{ BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 4 } }] }, 'InvalidBlockDeviceMapping'],
  [{ BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { VolumeSize: 8 } }] }, 'UnsupportedOperation'],
  [{ MetadataOptions: { HttpPutResponseHopLimit: 65 } }, 'InvalidParameterValue'],
  [{ KeyName: 'mine' }, 'InvalidKeyPair.NotFound'],
  [{ SubnetId: undefined }, 'MissingInput'],
  [{ SubnetId: 'subnet-0123456789abcdef0' }, 'InvalidSubnetID.NotFound'],
  [{ MinCount: 2 }, 'InvalidParameterValue'],
  [{ UserData: 'not base64!' }, 'InvalidUserData.Malformed'],
  [{ PrivateIpAddress: '10.0.0.1' }, 'InvalidParameterValue'],
  [{ PrivateIpAddress: '10.9.0.9' }, 'InvalidParameterValue'],
  [{ Ipv6AddressCount: 1 }, 'InvalidParameterValue'],
  [{ LaunchTemplate: { LaunchTemplateName: 'x' } }, 'UnsupportedOperation'],
  [{ TagSpecifications: [{ ResourceType: 'image' as const, Tags: [] }] }, 'InvalidParameterValue'],
])('RunInstances refuses %j', async (wrong, name) => {
  const { ec2, aws } = world;
  await aws.clock.advance(1_000);
  await expect(ec2.runInstances({ ...one, SubnetId: vpc.subnetIds[0], ...wrong })).rejects.toMatchObject({ name });
});

test('groups and subnet are of one network', async () => {
  const { ec2 } = world;
  const other = await aVpc(ec2, { cidr: '10.40' });
  await expect(
    ec2.runInstances({ ...one, SubnetId: vpc.subnetIds[0], SecurityGroupIds: [other.defaultGroupId] }),
  ).rejects.toMatchObject({
    name: 'InvalidParameter',
    message: `Security group ${other.defaultGroupId} and subnet ${vpc.subnetIds[0]} belong to different networks.`,
  });
});

test('the address asked for is the address, once', async () => {
  const { ec2, aws } = world;
  await aws.clock.advance(10_000);
  const wanted = { ...one, SubnetId: vpc.subnetIds[1], PrivateIpAddress: '10.0.1.200' };
  const { Instances } = await ec2.runInstances(wanted);
  expect(Instances?.[0]?.PrivateIpAddress).toBe('10.0.1.200');
  await expect(ec2.runInstances(wanted)).rejects.toMatchObject({
    name: 'InvalidIPAddress.InUse',
    message: 'Address 10.0.1.200 is in use.',
  });
});

test('filters find instances by state, network and tag', async () => {
  const { ec2 } = world;
  const { instanceId } = await anInstance(world, { subnetId: vpc.subnetIds[1], groupIds: [webGroup] });
  await ec2.createTags({ Resources: [instanceId], Tags: [{ Key: 'role', Value: 'origin' }] });
  const { Reservations } = await ec2.describeInstances({
    Filters: [
      { Name: 'tag:role', Values: ['origin'] },
      { Name: 'instance-state-name', Values: ['running'] },
      { Name: 'subnet-id', Values: [vpc.subnetIds[1]] },
      { Name: 'instance.group-id', Values: [webGroup] },
    ],
  });
  expect(Reservations?.flatMap(({ Instances }) => Instances?.map(({ InstanceId }) => InstanceId))).toEqual([
    instanceId,
  ]);
});
