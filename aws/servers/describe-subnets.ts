import {
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  type EC2Client,
  type Route as RouteShape,
  type RouteTable,
  type Subnet as SubnetShape,
} from '@aws-sdk/client-ec2';
import type { Route, Subnet } from '../../domain/servers/instance.ts';

/**
 * The subnets of the VPC, or those with the given ids wherever they are; ids that don't exist are left out. Whether one
 * is public is told for the VPC's own: the route table associated with it, or the main one, leads to an internet gateway;
 * and so for IPv6, which has routes of its own.
 */
export async function describeSubnets(
  ec2: EC2Client,
  { vpcId, ids }: { vpcId: string; ids?: readonly string[] | undefined },
): Promise<Subnet[]> {
  const [subnets, tables] = await Promise.all([
    allSubnets(ec2, ids ? { name: 'subnet-id', values: ids } : { name: 'vpc-id', values: [vpcId] }),
    allRouteTables(ec2, vpcId),
  ]);
  return subnets.map((subnet) => {
    const table = tableOf(subnet.SubnetId, tables);
    const blocks = subnet.Ipv6CidrBlockAssociationSet ?? [];
    return {
      id: subnet.SubnetId ?? '',
      vpcId: subnet.VpcId ?? '',
      zone: subnet.AvailabilityZone ?? '',
      cidr: subnet.CidrBlock ?? '',
      freeAddresses: subnet.AvailableIpAddressCount ?? 0,
      public: leadsToInternet(table, '0.0.0.0/0'),
      ipv6: blocks.some((block) => block.Ipv6CidrBlockState?.State === 'associated') && leadsToInternet(table, '::/0'),
      routes: (table?.Routes ?? []).flatMap(route),
    };
  });
}

/** Where subnets are, and their blocks: those of a VPC, those with ids that exist, or all. */
export async function listSubnetBlocks(
  ec2: EC2Client,
  { vpcId, ids }: { vpcId?: string; ids?: readonly string[] } = {},
): Promise<SubnetBlock[]> {
  const inVpc = vpcId === undefined ? undefined : { name: 'vpc-id', values: [vpcId] };
  const subnets = await allSubnets(ec2, ids ? { name: 'subnet-id', values: ids } : inVpc);
  return subnets.map(({ SubnetId: id = '', VpcId = '', AvailabilityZone: zone = '', CidrBlock: cidr = '' }) => ({
    id,
    vpcId: VpcId,
    zone,
    cidr,
  }));
}

export type SubnetBlock = Pick<Subnet, 'id' | 'vpcId' | 'zone' | 'cidr'>;

async function allSubnets(
  ec2: EC2Client,
  filter: { name: string; values: readonly string[] } | undefined,
): Promise<SubnetShape[]> {
  const subnets: SubnetShape[] = [];
  let NextToken: string | undefined;
  do {
    const Filters = filter && [{ Name: filter.name, Values: [...filter.values] }];
    const page = await ec2.send(
      new DescribeSubnetsCommand({ ...(Filters && { Filters }), ...(NextToken && { NextToken }) }),
    );
    subnets.push(...(page.Subnets ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return subnets;
}

async function allRouteTables(ec2: EC2Client, vpcId: string): Promise<RouteTable[]> {
  const tables: RouteTable[] = [];
  let NextToken: string | undefined;
  do {
    const filter = { Name: 'vpc-id', Values: [vpcId] };
    const page = await ec2.send(new DescribeRouteTablesCommand({ Filters: [filter], ...(NextToken && { NextToken }) }));
    tables.push(...(page.RouteTables ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return tables;
}

function tableOf(subnetId: string | undefined, tables: readonly RouteTable[]): RouteTable | undefined {
  const associated = tables.find(({ Associations = [] }) => Associations.some((each) => each.SubnetId === subnetId));
  return associated ?? tables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main));
}

/** A route of IPv4, whatever it leads to. */
function route({ DestinationCidrBlock: cidr, State, ...leads }: RouteShape): Route[] {
  if (cidr === undefined) return [];
  const { GatewayId, NatGatewayId, NetworkInterfaceId, InstanceId, TransitGatewayId, VpcPeeringConnectionId } = leads;
  const target =
    GatewayId ?? NatGatewayId ?? NetworkInterfaceId ?? InstanceId ?? TransitGatewayId ?? VpcPeeringConnectionId;
  return [{ cidr, target: target ?? 'what EC2 does not name', blackhole: State === 'blackhole' }];
}

function leadsToInternet(table: RouteTable | undefined, everywhere: '0.0.0.0/0' | '::/0'): boolean {
  return (table?.Routes ?? []).some(
    ({ DestinationCidrBlock, DestinationIpv6CidrBlock, GatewayId, State }) =>
      [DestinationCidrBlock, DestinationIpv6CidrBlock].includes(everywhere) &&
      GatewayId?.startsWith('igw-') &&
      State !== 'blackhole',
  );
}
