import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  type DescribeInstancesResult,
  DescribeVpcsCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { PERSON } from '../local/internet/proxy.ts';
import type { LocalAws } from '../local/local-aws.ts';
import { WEB_SERVER_IMAGE } from '../local/services/ec2/images/image.ts';

/** What stands in the account before Nameplate is asked for anything. */
export interface World {
  vpcId: string;
  subnetIds: string[];
  instanceId: string;
}

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The shop</title>
<style>
  body { font: 18px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; }
  h1 { font-size: 2.4rem; margin: 0 0 .5rem; }
</style>
<h1>The shop is open</h1>
<p>This page comes from a small web server on an EC2 instance, over plain HTTP inside its VPC.</p>
`;

/**
 * Puts a small world in an account by the calls a person would make: a VPC with public subnets in two zones, and an EC2
 * instance whose web server answers with a page. Everything in it is the user's, nothing of it is Nameplate's.
 */
export async function makeWorld(endpoint: string, region: string): Promise<World> {
  const credentials = { accessKeyId: 'you', secretAccessKey: 'you' };
  const ec2 = new EC2Client({ endpoint, region, credentials });
  const vpcId = known(
    (
      await ec2.send(
        new CreateVpcCommand({
          CidrBlock: '10.0.0.0/16',
          AmazonProvidedIpv6CidrBlock: true,
          TagSpecifications: named('vpc', 'shop'),
        }),
      )
    ).Vpc?.VpcId,
  );
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }));
  const ipv6 = known(Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock);
  const gatewayId = known((await ec2.send(new CreateInternetGatewayCommand({}))).InternetGateway?.InternetGatewayId);
  await ec2.send(new AttachInternetGatewayCommand({ VpcId: vpcId, InternetGatewayId: gatewayId }));
  const routeTableId = known((await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }))).RouteTable?.RouteTableId);
  for (const everywhere of [{ DestinationCidrBlock: '0.0.0.0/0' }, { DestinationIpv6CidrBlock: '::/0' }]) {
    await ec2.send(new CreateRouteCommand({ RouteTableId: routeTableId, GatewayId: gatewayId, ...everywhere }));
  }
  const subnetIds: string[] = [];
  for (const [index, zone] of ['a', 'b'].entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId: vpcId,
        CidrBlock: `10.0.${index}.0/24`,
        Ipv6CidrBlock: ipv6.replace(/00::\/56$/, `0${index}::/64`),
        AvailabilityZone: `${region}${zone}`,
        TagSpecifications: named('subnet', `shop-public-${zone}`),
      }),
    );
    subnetIds.push(known(Subnet?.SubnetId));
    await ec2.send(
      new ModifySubnetAttributeCommand({ SubnetId: known(Subnet?.SubnetId), MapPublicIpOnLaunch: { Value: true } }),
    );
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId: routeTableId, SubnetId: known(Subnet?.SubnetId) }));
  }
  const groupId = known(
    (await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'shop-web', Description: 'The shop', VpcId: vpcId })))
      .GroupId,
  );
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: groupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    }),
  );
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: WEB_SERVER_IMAGE,
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: known(subnetIds[0]),
      SecurityGroupIds: [groupId],
      UserData: Buffer.from(
        `#cloud-config\n${JSON.stringify({ write_files: [{ path: '/var/www/html/index.html', content: page }] })}`,
      ).toString('base64'),
      TagSpecifications: named('instance', 'shop'),
    }),
  );
  return { vpcId, subnetIds, instanceId: known(Instances?.[0]?.InstanceId) };
}

/** Whether the instance's web server has come up, seen from outside. */
export async function isServing({ dispatch, internet, account }: LocalAws, { instanceId }: World): Promise<boolean> {
  const { Reservations } = (await dispatch({
    service: 'ec2',
    operation: 'DescribeInstances',
    input: { InstanceIds: [instanceId] },
    principal: { arn: `arn:aws:iam::${account}:root` },
  })) as DescribeInstancesResult;
  const address = Reservations?.[0]?.Instances?.[0]?.PublicIpAddress;
  return address !== undefined && internet.reach(PERSON.ipv4, { address, port: 80 }) === 'open';
}

const named = (ResourceType: 'vpc' | 'subnet' | 'instance', Value: string) => [
  { ResourceType, Tags: [{ Key: 'Name', Value }] },
];

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Cannot make the small world: the local AWS left out what it made');
  return value;
}
