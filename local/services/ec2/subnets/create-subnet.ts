import type { CreateSubnetRequest, CreateSubnetResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { type Cidr, contains, overlap, parseCidr } from '../cidr.ts';
import type { Ec2 } from '../ec2.ts';
import { find, newId, newIdOf } from '../ids.ts';
import { refuse } from '../not-here.ts';
import { created, existing } from '../permissions.ts';
import type { Region } from '../region.ts';
import { tagsOnCreate } from '../tags/tag-set.ts';
import type { Vpc } from '../vpcs/vpc.ts';
import type { Zone } from '../zones.ts';
import { type Subnet, shownSubnet } from './subnet.ts';

// Source: VPC User Guide, "Subnet sizing"; checked 2026-11-22.
const WIDEST_PREFIX = 16;
const NARROWEST_PREFIX = 28;
const IPV6_PREFIX = 64;

/** Makes a subnet in one zone of the VPC; without a zone named, in the first. */
export function createSubnet(ec2: Ec2): Operation<CreateSubnetRequest, CreateSubnetResult> {
  return {
    resources: ({ VpcId, TagSpecifications }, call) => [
      created(call, 'subnet', TagSpecifications),
      existing(ec2, call, { type: 'vpc', id: VpcId }),
    ],
    run(input, call) {
      refuse(input, ['Ipv6Native', 'OutpostArn', 'Ipv4IpamPoolId', 'Ipv6IpamPoolId']);
      const region = ec2.region(call.region);
      const { draws } = ec2.host;
      const vpc = find(region.vpcs, 'vpc', input.VpcId);
      const tags = tagsOnCreate(input.TagSpecifications, 'subnet');
      const zone = zoneOf(region, input);
      const cidr = subnetBlock(region, vpc, input.CidrBlock ?? '');
      const ipv6 = input.Ipv6CidrBlock === undefined ? undefined : ipv6Block(region, vpc, input.Ipv6CidrBlock);
      const subnet: Subnet = {
        subnetId: newIdOf(draws, 'subnet'),
        vpcId: vpc.vpcId,
        zone,
        cidr,
        ipv6: ipv6 && { cidr: ipv6, associationId: newId(draws, 'subnet-cidr-assoc') },
        mapPublicIpOnLaunch: false,
        assignIpv6OnCreation: false,
      };
      region.subnets.set(subnet.subnetId, subnet);
      region.tags.put(subnet.subnetId, tags);
      return { Subnet: shownSubnet(ec2, region, subnet) };
    },
  };
}

function zoneOf({ zones }: Region, { AvailabilityZone, AvailabilityZoneId }: CreateSubnetRequest): Zone {
  const wanted = AvailabilityZone ?? AvailabilityZoneId;
  const zone = zones.find(({ name, id }) => wanted === undefined || wanted === name || wanted === id);
  if (zone) return zone;
  const names = zones.map(({ name }) => name).join(', ');
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${wanted}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${names}.`,
  );
}

function subnetBlock(region: Region, vpc: Vpc, text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr?.family !== 4) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  }
  const fits = cidr.prefix >= WIDEST_PREFIX && cidr.prefix <= NARROWEST_PREFIX && contains(vpc.cidr, cidr);
  if (!fits) throw new AwsError('InvalidSubnet.Range', `The CIDR '${text}' is invalid.`);
  return unlessTaken(region, vpc, { block: cidr, text, blockOf: (subnet) => subnet.cidr });
}

function ipv6Block(region: Region, vpc: Vpc, text: string): Cidr {
  const cidr = parseCidr(text);
  const fits = cidr?.family === 6 && cidr.prefix === IPV6_PREFIX && vpc.ipv6 && contains(vpc.ipv6.cidr, cidr);
  if (!cidr || !fits) throw new AwsError('InvalidSubnet.Range', `The CIDR '${text}' is invalid.`);
  return unlessTaken(region, vpc, { block: cidr, text, blockOf: (subnet) => subnet.ipv6?.cidr });
}

function unlessTaken(
  region: Region,
  { vpcId }: Vpc,
  { block, text, blockOf }: { block: Cidr; text: string; blockOf: (subnet: Subnet) => Cidr | undefined },
): Cidr {
  for (const subnet of region.subnets.values()) {
    const other = subnet.vpcId === vpcId ? blockOf(subnet) : undefined;
    if (other && overlap(other, block)) {
      throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${text}' conflicts with another subnet`);
    }
  }
  return block;
}
