import type { RouteTable as ShownRouteTable } from '@aws-sdk/client-ec2';
import { type Cidr, covers } from '../cidr.ts';
import type { Ec2 } from '../ec2.ts';
import type { Region } from '../region.ts';
import type { Subnet } from '../subnets/subnet.ts';

export interface Route {
  destination: Cidr;
  /** "local", or the id of an internet gateway or of a VPN gateway. */
  target: string;
  origin: 'CreateRouteTable' | 'CreateRoute';
}

export interface RouteTable {
  routeTableId: string;
  vpcId: string;
  /** The main association covers every subnet that has no association of its own. */
  main: { associationId: string } | undefined;
  /** By association id: the subnet. */
  associations: Map<string, string>;
  routes: Route[];
}

/** The table that the subnet's packets follow: its own, or the VPC's main one. */
function routeTableOf(region: Region, { subnetId, vpcId }: Subnet): RouteTable | undefined {
  const tables = [...region.routeTables.values()].filter((table) => table.vpcId === vpcId);
  return (
    tables.find((table) => [...table.associations.values()].includes(subnetId)) ?? tables.find((table) => table.main)
  );
}

/** The route with the longest prefix among those that cover the address. */
function routeTo(region: Region, subnet: Subnet, address: string): Route | undefined {
  const routes = routeTableOf(region, subnet)?.routes.filter(({ destination }) => covers(destination, address)) ?? [];
  return routes.toSorted((a, b) => b.destination.prefix - a.destination.prefix)[0];
}

/** Whether packets between the subnet and `outside` pass an internet gateway: what makes a subnet public. */
export function routesToInternet(region: Region, subnet: Subnet, outside: string): boolean {
  const route = routeTo(region, subnet, outside);
  return route !== undefined && region.gateways.get(route.target)?.vpcId === subnet.vpcId;
}

/** Whether packets reach a private address outside the VPC: by a VPN gateway. An internet gateway drops them. */
export function routesToPrivate(region: Region, subnet: Subnet, address: string): boolean {
  const route = routeTo(region, subnet, address);
  return route !== undefined && region.vpnGateways.get(route.target)?.vpcId === subnet.vpcId;
}

const isThere = (region: Region, { target }: Pick<Route, 'target'>, vpcId: string): boolean =>
  target === 'local' || [region.gateways, region.vpnGateways].some((all) => all.get(target)?.vpcId === vpcId);

/** As DescribeRouteTables shows it. */
export function shownRouteTable(ec2: Ec2, region: Region, table: RouteTable): ShownRouteTable {
  const { routeTableId, vpcId } = table;
  const associated = { RouteTableId: routeTableId, AssociationState: { State: 'associated' } } as const;
  return {
    RouteTableId: routeTableId,
    VpcId: vpcId,
    OwnerId: ec2.host.account,
    Associations: [
      ...(table.main ? [{ ...associated, RouteTableAssociationId: table.main.associationId, Main: true }] : []),
      ...[...table.associations].map(([RouteTableAssociationId, SubnetId]) => ({
        ...associated,
        RouteTableAssociationId,
        SubnetId,
        Main: false,
      })),
    ],
    Routes: table.routes.map(({ destination, target, origin }) => ({
      ...(destination.family === 4
        ? { DestinationCidrBlock: destination.text }
        : { DestinationIpv6CidrBlock: destination.text }),
      GatewayId: target,
      Origin: origin,
      State: isThere(region, { target }, vpcId) ? 'active' : 'blackhole',
    })),
    PropagatingVgws: [],
    Tags: region.tags.shown(routeTableId),
  };
}
