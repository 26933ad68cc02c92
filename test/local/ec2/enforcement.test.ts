import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AnEc2, aGroup, anEc2, anInstance, aVpc, LAPTOP } from './an-ec2.ts';

let world: AnEc2;
beforeAll(async () => {
  world = await anEc2();
});
afterAll(() => world.aws.close());

const tcp = (port: number) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port });

test('a group lets in what its rules say, at once, and drops the rest without a word', async () => {
  const { ec2, internet } = world;
  const { vpcId, subnetIds } = await aVpc(ec2);
  const GroupId = await aGroup(ec2, { vpcId, port: 80, from: '198.51.100.0/24' });
  const { publicAddress: address = '' } = await anInstance(world, { subnetId: subnetIds[0], groupIds: [GroupId] });
  const reach = (from: string, port: number) => internet.reach(from, { address, port });
  expect(reach(LAPTOP, 80)).toBe('open');
  expect(reach(LAPTOP, 443)).toBe('filtered');
  expect(reach('192.0.2.1', 80)).toBe('filtered');

  const https = [{ ...tcp(443), IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: https });
  expect(reach(LAPTOP, 443)).toBe('refused');
  await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: https });
  expect(reach(LAPTOP, 443)).toBe('filtered');
});

test('a private address is reached from its own VPC only', async () => {
  const { ec2, internet } = world;
  const one = await aVpc(ec2, { cidr: '10.30' });
  const two = await aVpc(ec2, { cidr: '10.31' });
  const groupId = await aGroup(ec2, { vpcId: one.vpcId });
  const server = await anInstance(world, { subnetId: one.subnetIds[0], groupIds: [groupId] });
  const neighbour = await anInstance(world, { subnetId: one.subnetIds[1] });
  const stranger = await anInstance(world, { subnetId: two.subnetIds[0] });
  const to = { address: server.privateAddress, port: 80 };
  expect(internet.reach(neighbour.privateAddress, to)).toBe('open');
  expect(internet.reach(stranger.privateAddress, to)).toBe('filtered');
  expect(internet.reach(LAPTOP, to)).toBe('filtered');
});

test('a reference to a group means the private addresses of who is in it', async () => {
  const { ec2, internet } = world;
  const { vpcId, subnetIds } = await aVpc(ec2, { cidr: '10.32' });
  const front = await aGroup(ec2, { vpcId, name: 'front', port: 443 });
  const back = await aGroup(ec2, { vpcId, name: 'back', port: 80, from: front });
  const server = await anInstance(world, { subnetId: subnetIds[0], groupIds: [back] });
  const inside = await anInstance(world, { subnetId: subnetIds[1], groupIds: [front] });
  const to = { address: server.privateAddress, port: 80 };
  expect(internet.reach(inside.privateAddress, to)).toBe('open');
  expect(internet.reach(inside.publicAddress ?? '', to)).toBe('filtered');

  await ec2.modifyInstanceAttribute({ InstanceId: inside.instanceId, Groups: [back] });
  expect(internet.reach(inside.privateAddress, to)).toBe('filtered');
});

test('who is not let out arrives nowhere', async () => {
  const { ec2, internet } = world;
  const { vpcId, subnetIds } = await aVpc(ec2, { cidr: '10.33' });
  const open = await aGroup(ec2, { vpcId, name: 'open' });
  const mute = await aGroup(ec2, { vpcId, name: 'mute' });
  const server = await anInstance(world, { subnetId: subnetIds[0], groupIds: [open] });
  const client = await anInstance(world, { subnetId: subnetIds[1], groupIds: [mute] });
  const to = { address: server.privateAddress, port: 80 };
  expect(internet.reach(client.privateAddress, to)).toBe('open');
  await ec2.revokeSecurityGroupEgress({
    GroupId: mute,
    IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  });
  expect(internet.reach(client.privateAddress, to)).toBe('filtered');
});
