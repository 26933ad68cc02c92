import type { InstanceNetworkInterfaceSpecification, RunInstancesRequest } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { defaultGroupOf } from '../groups/security-group.ts';
import { find, isIdWith } from '../ids.ts';
import { notHere, refuse } from '../not-here.ts';
import type { Region } from '../region.ts';
import type { Subnet } from '../subnets/subnet.ts';

/** What a RunInstances request comes to once it is found possible. */
export interface Launch {
  count: number;
  subnet: Subnet;
  groupIds: string[];
  privateAddress: string | undefined;
  ipv6Count: number;
  publicAddress: boolean;
  interfaceDescription: string;
  profileArn: string | undefined;
}

// Source: VPC User Guide, "Amazon VPC quotas"; EC2 User Guide, instance user data; checked 2026-11-22.
export const GROUPS_PER_INTERFACE = 5;
const USER_DATA_BYTES = 16_384;

const NOT_HERE = [
  'LaunchTemplate',
  'InstanceMarketOptions',
  'HibernationOptions',
  'ElasticGpuSpecification',
  'ElasticInferenceAccelerators',
  'LicenseSpecifications',
  'SecondaryInterfaces',
];

/** Reads a RunInstances request. Throws as EC2 does when nothing can come of it. */
export function readLaunch(ec2: Ec2, region: Region, input: RunInstancesRequest): Launch {
  refuse(input, NOT_HERE);
  checkImage(input.ImageId);
  checkKeyAndData(input);
  const network = networkOf(input);
  const subnet = subnetOf(region, network.SubnetId, input.Placement?.AvailabilityZone);
  const groupIds = groupsOf(region, subnet, network.Groups);
  const count = countOf(input);
  if (ec2.plan.freeIn(subnet.cidr) < count) {
    throw new AwsError(
      'InsufficientFreeAddressesInSubnet',
      `There are not enough free addresses in subnet '${subnet.subnetId}' to satisfy the requested number of instances.`,
    );
  }
  return {
    count,
    subnet,
    groupIds,
    privateAddress: network.PrivateIpAddress,
    ipv6Count: network.Ipv6AddressCount ?? (subnet.assignIpv6OnCreation ? 1 : 0),
    publicAddress: network.AssociatePublicIpAddress ?? subnet.mapPublicIpOnLaunch,
    interfaceDescription: network.Description ?? '',
    profileArn: profileOf(ec2, input),
  };
}

/** Any image id of the right form is taken: the images here are all the same. */
function checkImage(imageId: string | undefined): void {
  if (imageId === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter ImageId');
  if (!isIdWith('ami', imageId)) {
    throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${imageId}" (expecting "ami-...")`);
  }
}

function checkKeyAndData({ KeyName, UserData = '' }: RunInstancesRequest): void {
  if (KeyName !== undefined) {
    throw new AwsError('InvalidKeyPair.NotFound', `The key pair '${KeyName}' does not exist`);
  }
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(UserData)) {
    throw new AwsError('InvalidUserData.Malformed', 'Invalid BASE64 encoding of user data.');
  }
  if (Buffer.from(UserData, 'base64').length > USER_DATA_BYTES) {
    throw new AwsError('InvalidParameterValue', 'User data is limited to 16384 bytes');
  }
}

/** The one interface, said either beside the instance's parameters or as an interface of its own. */
function networkOf(input: RunInstancesRequest): InstanceNetworkInterfaceSpecification {
  if (input.SecurityGroups?.length) {
    throw new AwsError(
      'InvalidParameterCombination',
      'The parameter groupName cannot be used with the parameter subnet',
    );
  }
  const [first, ...more] = input.NetworkInterfaces ?? [];
  if (!first) {
    return {
      SubnetId: input.SubnetId,
      Groups: input.SecurityGroupIds,
      PrivateIpAddress: input.PrivateIpAddress,
      Ipv6AddressCount: input.Ipv6AddressCount,
    };
  }
  if (more.length > 0) throw notHere('A second network interface');
  if (first.NetworkInterfaceId !== undefined) throw notHere('Launching with an interface that exists');
  if (input.SubnetId !== undefined || input.SecurityGroupIds?.length) {
    throw new AwsError(
      'InvalidParameterCombination',
      'Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request',
    );
  }
  if ((first.DeviceIndex ?? 0) !== 0) {
    throw new AwsError('InvalidParameterValue', 'The primary network interface must have the device index 0.');
  }
  return first;
}

function subnetOf(region: Region, subnetId: string | undefined, zone: string | undefined): Subnet {
  if (subnetId === undefined) {
    throw new AwsError('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.');
  }
  const subnet = find(region.subnets, 'subnet', subnetId);
  if (zone !== undefined && zone !== subnet.zone.name) {
    throw new AwsError(
      'InvalidParameterValue',
      `The availability zone '${zone}' is not the one of the subnet '${subnetId}'`,
    );
  }
  return subnet;
}

function groupsOf(region: Region, subnet: Subnet, wanted: string[] | undefined): string[] {
  const fallback = defaultGroupOf(region, subnet.vpcId);
  const groupIds = wanted?.length ? wanted : fallback ? [fallback.groupId] : [];
  checkGroups(region, groupIds, subnet);
  return groupIds;
}

/** Groups that an interface in that subnet may be in. */
export function checkGroups(region: Region, groupIds: string[], subnet: Subnet): void {
  for (const groupId of groupIds) {
    if (find(region.groups, 'group', groupId).vpcId !== subnet.vpcId) {
      throw new AwsError(
        'InvalidParameter',
        `Security group ${groupId} and subnet ${subnet.subnetId} belong to different networks.`,
      );
    }
  }
  if (groupIds.length > GROUPS_PER_INTERFACE) {
    throw new AwsError(
      'SecurityGroupsPerInterfaceLimitExceeded',
      'The maximum number of security groups per interface has been reached.',
    );
  }
}

function countOf({ MinCount = 1, MaxCount = 1 }: RunInstancesRequest): number {
  if (MinCount < 1 || MaxCount < MinCount) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${MaxCount}) for parameter maxCount is invalid. The maximum count must be at least the minimum count, and that at least 1.`,
    );
  }
  return MaxCount;
}

function profileOf(ec2: Ec2, { IamInstanceProfile }: RunInstancesRequest): string | undefined {
  const { Arn, Name } = IamInstanceProfile ?? {};
  return Arn ?? (Name === undefined ? undefined : `arn:aws:iam::${ec2.host.account}:instance-profile/${Name}`);
}
