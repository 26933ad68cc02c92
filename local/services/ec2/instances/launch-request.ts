import type {
  InstanceMetadataOptionsRequest,
  InstanceNetworkInterfaceSpecification,
  RunInstancesRequest,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { defaultGroupOf } from '../groups/security-group.ts';
import { find } from '../ids.ts';
import { findImage } from '../images/describe-images.ts';
import type { Image } from '../images/image.ts';
import { findInstanceType, type InstanceType, instanceTypes, isOffered } from '../instance-types/instance-type.ts';
import { findKeyPair } from '../key-pairs/key-pair.ts';
import { notHere, refuse } from '../not-here.ts';
import type { Region } from '../region.ts';
import type { Subnet } from '../subnets/subnet.ts';
import { readRootVolume, type VolumeRequest } from '../volumes/volume.ts';
import type { Metadata } from './instance.ts';
import { type InstanceProfile, profileOf } from './instance-profile.ts';

/** What a RunInstances request comes to once it is found possible. */
export interface Launch {
  count: number;
  image: Image;
  type: InstanceType;
  volume: VolumeRequest;
  metadata: Metadata;
  subnet: Subnet;
  groupIds: string[];
  privateAddress: string | undefined;
  ipv6Count: number;
  publicAddress: boolean;
  interfaceDescription: string;
  profile: InstanceProfile | undefined;
}

// Source: VPC User Guide, "Amazon VPC quotas"; EC2 User Guide, instance user data; checked 2026-11-22.
export const GROUPS_PER_INTERFACE = 5;
const USER_DATA_BYTES = 16_384;

/** Source: EC2 API reference, RunInstances; checked 2026-11-22. */
const DEFAULT_TYPE = 'm1.small';

/**
 * vCPUs of running standard instances. AWS's page has 5 for a new account and raises it by itself with use; this is what accounts
 * in use have at least. Source: EC2 User Guide, "On-Demand Instance quotas", Service Quotas L-1216C47A; checked 2026-11-30.
 */
export const STANDARD_VCPUS = 32;

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
  const image = findImage(region.name, input.ImageId);
  const type = findInstanceType(input.InstanceType ?? DEFAULT_TYPE);
  checkArchitecture(image, type);
  if (input.KeyName !== undefined) findKeyPair(region, input.KeyName);
  checkUserData(input);
  const volume = readRootVolume(image, input.BlockDeviceMappings);
  const network = networkOf(input);
  const subnet = subnetOf(region, network.SubnetId, input.Placement?.AvailabilityZone);
  checkOffered(type, region, subnet);
  const groupIds = groupsOf(region, subnet, network.Groups);
  const count = countOf(input);
  if (ec2.plan.freeIn(subnet.cidr) < count) {
    throw new AwsError(
      'InsufficientFreeAddressesInSubnet',
      `There are not enough free addresses in subnet '${subnet.subnetId}' to satisfy the requested number of instances.`,
    );
  }
  checkCapacity(region, type, count);
  return {
    count,
    image,
    type,
    volume,
    metadata: metadataOf(image, input.MetadataOptions),
    subnet,
    groupIds,
    privateAddress: network.PrivateIpAddress,
    ipv6Count: network.Ipv6AddressCount ?? (subnet.assignIpv6OnCreation ? 1 : 0),
    publicAddress: network.AssociatePublicIpAddress ?? subnet.mapPublicIpOnLaunch,
    interfaceDescription: network.Description ?? '',
    profile: profileOf(ec2, input),
  };
}

function checkArchitecture(image: Image, type: InstanceType): void {
  if (image.architecture === type.architecture) return;
  throw new AwsError(
    'InvalidParameterValue',
    `The architecture '${type.architecture}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again. You can use 'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI.`,
  );
}

function checkOffered(type: InstanceType, { zones }: Region, { zone }: Subnet): void {
  if (isOffered(type, zone)) return;
  const others = zones.filter((each) => isOffered(type, each)).map(({ name }) => name);
  throw new AwsError(
    'Unsupported',
    `Your requested instance type (${type.name}) is not supported in your requested Availability Zone (${zone.name}). Please retry your request by not specifying an Availability Zone or choosing ${others.join(', ')}.`,
  );
}

/** Every family that is here counts in the one bucket, stopped instances in none. */
function checkCapacity({ instances }: Region, { vcpus }: InstanceType, count: number): void {
  const used = [...instances.values()]
    .filter(({ state }) => state === 'pending' || state === 'running' || state === 'stopping')
    .map(({ instanceType }) => instanceTypes().find(({ name }) => name === instanceType)?.vcpus ?? 0);
  if (used.reduce((sum, each) => sum + each, 0) + vcpus * count <= STANDARD_VCPUS) return;
  throw new AwsError(
    'VcpuLimitExceeded',
    `You have requested more vCPU capacity than your current vCPU limit of ${STANDARD_VCPUS} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.`,
  );
}

/** Source: EC2 User Guide, "Order of precedence for instance metadata configuration"; checked 2026-11-30. */
function metadataOf(image: Image, asked: InstanceMetadataOptionsRequest = {}): Metadata {
  const { HttpTokens, HttpPutResponseHopLimit, HttpEndpoint = 'enabled' } = asked;
  if (HttpPutResponseHopLimit !== undefined && (HttpPutResponseHopLimit < 1 || HttpPutResponseHopLimit > 64)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${HttpPutResponseHopLimit}) for parameter httpPutResponseHopLimit is invalid. Expecting a value between 1 and 64.`,
    );
  }
  return {
    tokens: HttpTokens ?? (image.imdsV2 ? 'required' : 'optional'),
    hopLimit: HttpPutResponseHopLimit ?? (image.imdsV2 ? 2 : 1),
    endpoint: HttpEndpoint,
  };
}

function checkUserData({ UserData = '' }: RunInstancesRequest): void {
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
