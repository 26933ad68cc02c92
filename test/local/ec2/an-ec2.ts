import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { EC2 } from '@aws-sdk/client-ec2';
import type { Host } from '../../../local/host.ts';
import { Internet } from '../../../local/internet/internet.ts';
import { WEB_SERVER_IMAGE } from '../../../local/services/ec2/images/image.ts';
import { createEc2, type Ec2Service } from '../../../local/services/ec2/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

/** Somebody outside, at a laptop. */
export const LAPTOP = '198.51.100.7';
export const IMAGE = WEB_SERVER_IMAGE;

export interface AnEc2 {
  aws: AFront;
  /** A real SDK client. */
  ec2: EC2;
  hooks: Ec2Service;
  internet: Internet;
}

/** EC2 behind a real front, asked by a real SDK client. */
export async function anEc2({ seed = 1, lagShare = 0 } = {}): Promise<AnEc2> {
  const made: { hooks?: Ec2Service; internet?: Internet } = {};
  const aws = await aFront({
    seed,
    lagShare,
    services: (host: Host) => {
      made.internet = new Internet({ clock: host.clock });
      made.hooks = createEc2(host, { internet: made.internet });
      return [made.hooks.service];
    },
  });
  const { hooks, internet } = made;
  if (!hooks || !internet) throw new Error('The front made no services');
  return { aws, ec2: aws.client(EC2), hooks, internet };
}

export interface AVpc {
  vpcId: string;
  /** In two zones, public. */
  subnetIds: [string, string];
  defaultGroupId: string;
}

/** A VPC with an internet gateway and public subnets in two zones, with IPv6 on request. */
export async function aVpc(
  ec2: EC2,
  { cidr = '10.0', ipv6 = false, gateway = true, mapPublicIp = true } = {},
): Promise<AVpc> {
  const { Vpc } = await ec2.createVpc({ CidrBlock: `${cidr}.0.0/16`, AmazonProvidedIpv6CidrBlock: ipv6 });
  const vpcId = Vpc?.VpcId as string;
  const block = Vpc?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock;
  const { RouteTables } = await ec2.describeRouteTables({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] });
  if (gateway) {
    const { InternetGateway } = await ec2.createInternetGateway({});
    const InternetGatewayId = InternetGateway?.InternetGatewayId as string;
    await ec2.attachInternetGateway({ InternetGatewayId, VpcId: vpcId });
    const route = { RouteTableId: RouteTables?.[0]?.RouteTableId as string, GatewayId: InternetGatewayId };
    await ec2.createRoute({ ...route, DestinationCidrBlock: '0.0.0.0/0' });
    if (ipv6) await ec2.createRoute({ ...route, DestinationIpv6CidrBlock: '::/0' });
  }
  const subnet = async (index: number) => {
    const { Subnet } = await ec2.createSubnet({
      VpcId: vpcId,
      CidrBlock: `${cidr}.${index}.0/24`,
      AvailabilityZone: `us-east-1${'ab'[index]}`,
      ...(block && { Ipv6CidrBlock: block.replace(/00::\/56$/, `0${index}::/64`) }),
    });
    const SubnetId = Subnet?.SubnetId as string;
    if (mapPublicIp) await ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value: true } });
    return SubnetId;
  };
  const subnetIds: [string, string] = [await subnet(0), await subnet(1)];
  const { SecurityGroups } = await ec2.describeSecurityGroups({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] });
  return { vpcId, subnetIds, defaultGroupId: SecurityGroups?.[0]?.GroupId as string };
}

/** A group that lets a TCP port in from everywhere, or from a group. */
export async function aGroup(
  ec2: EC2,
  {
    vpcId,
    name = 'web',
    port = 80,
    from = '0.0.0.0/0',
  }: { vpcId: string; name?: string; port?: number; from?: string },
): Promise<string> {
  const { GroupId } = await ec2.createSecurityGroup({ VpcId: vpcId, GroupName: name, Description: name });
  await ec2.authorizeSecurityGroupIngress({
    GroupId: GroupId as string,
    IpPermissions: [
      {
        IpProtocol: 'tcp',
        FromPort: port,
        ToPort: port,
        ...(from.startsWith('sg-') ? { UserIdGroupPairs: [{ GroupId: from }] } : { IpRanges: [{ CidrIp: from }] }),
      },
    ],
  });
  return GroupId as string;
}

/** User data as cloud-init takes it. */
export const cloudConfig = (config: object): string =>
  Buffer.from(`#cloud-config\n${JSON.stringify(config)}`).toString('base64');

export interface AnInstance {
  instanceId: string;
  privateAddress: string;
  publicAddress: string | undefined;
}

/** An instance that runs and whose web server has booted. */
export async function anInstance(
  { ec2, aws }: Pick<AnEc2, 'ec2' | 'aws'>,
  { subnetId, groupIds, userData }: { subnetId: string; groupIds?: string[]; userData?: string },
): Promise<AnInstance> {
  const { Instances } = await ec2.runInstances({
    ImageId: IMAGE,
    MinCount: 1,
    MaxCount: 1,
    SubnetId: subnetId,
    ...(groupIds && { SecurityGroupIds: groupIds }),
    ...(userData && { UserData: userData }),
  });
  const instanceId = Instances?.[0]?.InstanceId as string;
  await aws.clock.advance(60_000);
  const { Reservations } = await ec2.describeInstances({ InstanceIds: [instanceId] });
  const instance = Reservations?.[0]?.Instances?.[0];
  return {
    instanceId,
    privateAddress: instance?.PrivateIpAddress as string,
    publicAddress: instance?.PublicIpAddress,
  };
}

/** One HTTP exchange over the small internet. */
export async function fetchOver(
  internet: Internet,
  { from = LAPTOP, to, port = 80, ...options }: { from?: string; to: string; port?: number } & RequestOptions,
): Promise<{ status: number; headers: IncomingMessage['headers']; body: string }> {
  const connection = await internet.connect(from, { address: to, port });
  const asked = request({ host: to, path: '/', ...options, createConnection: () => connection }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const body = (await response.toArray()).join('');
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}
