import type { Ec2 } from '../ec2.ts';
import { newId, newIdOf } from '../ids.ts';
import type { Region } from '../region.ts';
import type { Vpc } from '../vpcs/vpc.ts';
import type { Route, RouteTable } from './route-table.ts';

/** Makes a route table with the VPC's local routes. */
export function makeRouteTable(ec2: Ec2, region: Region, { vpc, main }: { vpc: Vpc; main: boolean }): RouteTable {
  const { draws } = ec2.host;
  const blocks = [vpc.cidr, ...(vpc.ipv6 ? [vpc.ipv6.cidr] : [])];
  const table: RouteTable = {
    routeTableId: newIdOf(draws, 'routeTable'),
    vpcId: vpc.vpcId,
    main: main ? { associationId: newId(draws, 'rtbassoc') } : undefined,
    associations: new Map(),
    routes: blocks.map((destination): Route => ({ destination, target: 'local', origin: 'CreateRouteTable' })),
  };
  region.routeTables.set(table.routeTableId, table);
  return table;
}
