import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AnEc2, aGroup, anEc2, anInstance, aVpc, LAPTOP } from './an-ec2.ts';

let world: AnEc2;
beforeAll(async () => {
  world = await anEc2();
});
afterAll(() => world.aws.close());

test('a subnet is public while its routes lead to an internet gateway', async () => {
  const { ec2, internet } = world;
  const { vpcId, subnetIds } = await aVpc(ec2);
  const groupId = await aGroup(ec2, { vpcId });
  const { publicAddress: address = '' } = await anInstance(world, { subnetId: subnetIds[0], groupIds: [groupId] });
  const reach = () => internet.reach(LAPTOP, { address, port: 80 });
  expect(reach()).toBe('open');

  const { RouteTable } = await ec2.createRouteTable({ VpcId: vpcId });
  const RouteTableId = RouteTable?.RouteTableId as string;
  const { AssociationId } = await ec2.associateRouteTable({ RouteTableId, SubnetId: subnetIds[0] });
  expect(reach()).toBe('filtered');
  const again = await ec2.associateRouteTable({ RouteTableId, SubnetId: subnetIds[0] });
  expect(again.AssociationId).toBe(AssociationId);

  await ec2.disassociateRouteTable({ AssociationId });
  expect(reach()).toBe('open');
  await ec2.deleteRouteTable({ RouteTableId });

  const { RouteTables } = await ec2.describeRouteTables({
    Filters: [
      { Name: 'vpc-id', Values: [vpcId] },
      { Name: 'association.main', Values: ['true'] },
    ],
  });
  const main = RouteTables?.[0]?.RouteTableId as string;
  await ec2.deleteRoute({ RouteTableId: main, DestinationCidrBlock: '0.0.0.0/0' });
  expect(reach()).toBe('filtered');
});

test('routes are of one VPC, each destination once, and the local one stays', async () => {
  const { ec2 } = world;
  const { vpcId } = await aVpc(ec2, { cidr: '10.2' });
  const { Vpc: other } = await ec2.createVpc({ CidrBlock: '10.3.0.0/16' });
  const { RouteTables } = await ec2.describeRouteTables({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] });
  const RouteTableId = RouteTables?.[0]?.RouteTableId as string;
  const { InternetGateway } = await ec2.createInternetGateway({});
  const foreign = InternetGateway?.InternetGatewayId as string;
  const anywhere = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0' };
  await expect(ec2.createRoute({ ...anywhere, GatewayId: foreign })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: `route table ${RouteTableId} and network gateway ${foreign} belong to different networks`,
  });
  await expect(ec2.createRoute({ ...anywhere, GatewayId: 'igw-0123456789abcdef0' })).rejects.toMatchObject({
    name: 'InvalidGatewayID.NotFound',
  });
  await expect(
    ec2.createRoute({ RouteTableId, DestinationCidrBlock: '10.2.0.0/16', GatewayId: foreign }),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await expect(ec2.deleteRoute({ RouteTableId, DestinationCidrBlock: '10.2.0.0/16' })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await expect(ec2.deleteRoute({ RouteTableId, DestinationCidrBlock: '192.168.0.0/16' })).rejects.toMatchObject({
    name: 'InvalidRoute.NotFound',
  });
  await expect(ec2.deleteRouteTable({ RouteTableId })).rejects.toMatchObject({ name: 'DependencyViolation' });
  await expect(ec2.attachInternetGateway({ InternetGatewayId: foreign, VpcId: vpcId })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await ec2.attachInternetGateway({ InternetGatewayId: foreign, VpcId: other?.VpcId });
  await expect(ec2.attachInternetGateway({ InternetGatewayId: foreign, VpcId: other?.VpcId })).rejects.toMatchObject({
    name: 'Resource.AlreadyAssociated',
  });
  await expect(ec2.deleteInternetGateway({ InternetGatewayId: foreign })).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  await ec2.detachInternetGateway({ InternetGatewayId: foreign, VpcId: other?.VpcId });
  await ec2.deleteInternetGateway({ InternetGatewayId: foreign });
  const { InternetGateways } = await ec2.describeInternetGateways({
    Filters: [{ Name: 'attachment.vpc-id', Values: [vpcId] }],
  });
  expect(InternetGateways).toMatchObject([{ Attachments: [{ VpcId: vpcId, State: 'available' }] }]);
});

test('a gateway is not detached from under public addresses', async () => {
  const { ec2 } = world;
  const { vpcId, subnetIds } = await aVpc(ec2, { cidr: '10.4' });
  await anInstance(world, { subnetId: subnetIds[0] });
  const { InternetGateways } = await ec2.describeInternetGateways({
    Filters: [{ Name: 'attachment.vpc-id', Values: [vpcId] }],
  });
  const InternetGatewayId = InternetGateways?.[0]?.InternetGatewayId;
  await expect(ec2.detachInternetGateway({ InternetGatewayId, VpcId: vpcId })).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
});
