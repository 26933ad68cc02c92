import { AwsError } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { invalid, notHere } from '../errors.ts';
import type { LoadBalancer } from './load-balancer.ts';

export interface Place {
  subnetId: string;
  vpcId: string;
  zone: { name: string; id: string };
  ipv6: boolean;
}

interface Wanted {
  Subnets?: string[] | undefined;
  SubnetMappings?: { SubnetId?: string | undefined; AllocationId?: string | undefined }[] | undefined;
}

// Source: ELB API reference, CreateLoadBalancer: InvalidSubnet when a subnet has fewer free addresses; checked 2026-11-22.
const FREE_ADDRESSES_NEEDED = 8;

/** The subnets that a request names: of one VPC, in two zones or more, one in each. */
export function placesOf(
  elb: Elb,
  region: string,
  { wanted, scheme }: { wanted: Wanted; scheme: LoadBalancer['scheme'] },
): Place[] {
  const ids = subnetIds(wanted);
  const places = ids.map((subnetId): Place => {
    const subnet = elb.network.subnet(region, subnetId);
    if (!subnet) throw new AwsError('SubnetNotFound', `The subnet ID '${subnetId}' does not exist`);
    if (subnet.freeAddresses < FREE_ADDRESSES_NEEDED) {
      throw new AwsError(
        'InvalidSubnet',
        `Not enough IP space available in ${subnetId}. ELB requires at least 8 free IP addresses in each subnet.`,
      );
    }
    return subnet;
  });
  checkTogether(elb, region, { places, scheme });
  return places;
}

function subnetIds({ Subnets, SubnetMappings }: Wanted): string[] {
  if (Subnets?.length && SubnetMappings?.length) {
    throw invalid('You must specify either subnets or subnet mappings, not both');
  }
  if (SubnetMappings?.some(({ AllocationId }) => AllocationId !== undefined)) {
    throw new AwsError(
      'InvalidConfigurationRequest',
      `Elastic IP addresses cannot be specified for load balancers of type 'application'`,
    );
  }
  const ids = Subnets?.length ? Subnets : (SubnetMappings ?? []).map(({ SubnetId = '' }) => SubnetId);
  return [...new Set(ids)];
}

function checkTogether(
  elb: Elb,
  region: string,
  { places, scheme }: { places: Place[]; scheme: LoadBalancer['scheme'] },
): void {
  const vpcs = new Set(places.map(({ vpcId }) => vpcId));
  if (vpcs.size > 1) throw new AwsError('InvalidConfigurationRequest', 'All subnets must belong to the same VPC');
  const zones = new Set(places.map(({ zone }) => zone.name));
  if (zones.size < places.length) {
    throw new AwsError(
      'InvalidConfigurationRequest',
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    );
  }
  if (zones.size < 2) throw invalid('At least two subnets in two different Availability Zones must be specified');
  const [vpcId = ''] = vpcs;
  if (scheme === 'internet-facing' && !elb.network.vpc(region, vpcId)?.internetGateway) {
    throw new AwsError('InvalidSubnet', `VPC ${vpcId} has no internet gateway`);
  }
}

/** Dual stack needs an IPv6 block in every subnet. */
export function checkIpAddressType(
  type: string | undefined,
  { places, scheme }: { places: Pick<Place, 'subnetId' | 'ipv6'>[]; scheme: LoadBalancer['scheme'] },
): LoadBalancer['ipAddressType'] {
  if (type === undefined || type === 'ipv4') return 'ipv4';
  if (type === 'dualstack-without-public-ipv4') throw notHere(`The IP address type '${type}'`);
  // AWS lets internal ones be dualstack as well; their IPv6 addresses are closed to the internet.
  if (scheme === 'internal') throw notHere('An internal load balancer with IPv6');
  const [without] = places.filter(({ ipv6 }) => !ipv6);
  if (without) {
    throw invalid(
      `You must specify subnets with an associated IPv6 CIDR block. Subnet '${without.subnetId}' does not have one`,
    );
  }
  return 'dualstack';
}

/** The groups that a request names, or the VPC's default one. */
export function groupsOf(
  elb: Elb,
  region: string,
  { wanted, vpcId }: { wanted: string[] | undefined; vpcId: string },
): string[] {
  const fallback = elb.network.vpc(region, vpcId)?.defaultGroupId;
  const groupIds = wanted?.length ? [...new Set(wanted)] : fallback === undefined ? [] : [fallback];
  for (const groupId of groupIds) {
    const group = elb.network.group(region, groupId);
    if (!group) throw new AwsError('InvalidSecurityGroup', `The security group '${groupId}' does not exist`);
    if (group.vpcId !== vpcId) {
      throw new AwsError(
        'InvalidConfigurationRequest',
        `One or more security groups are invalid: security group '${groupId}' does not belong to VPC '${vpcId}'`,
      );
    }
  }
  return groupIds;
}
