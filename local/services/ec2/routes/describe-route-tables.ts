import type { DescribeRouteTablesRequest, DescribeRouteTablesResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { find } from '../ids.ts';
import { page } from '../paging.ts';
import { type RouteTable, shownRouteTable } from './route-table.ts';

/** Source: EC2 API reference, DescribeRouteTables, `MaxResults`; checked 2026-12-01. */
const MOST = 100;

/** Describes the route tables of the region. */
export function describeRouteTables(ec2: Ec2): Operation<DescribeRouteTablesRequest, DescribeRouteTablesResult> {
  const fields: Record<string, Field<RouteTable>> = {
    'association.main': ({ main, associations }) => [
      ...(main ? ['true'] : []),
      ...(associations.size > 0 ? ['false'] : []),
    ],
    'association.route-table-association-id': ({ main, associations }) => [main?.associationId, ...associations.keys()],
    'association.route-table-id': ({ routeTableId, main, associations }) =>
      main || associations.size > 0 ? routeTableId : undefined,
    'association.subnet-id': ({ associations }) => [...associations.values()],
    'owner-id': () => ec2.host.account,
    'route-table-id': ({ routeTableId }) => routeTableId,
    'route.destination-cidr-block': ({ routes }) =>
      routes.flatMap(({ destination: { family, text } }) => (family === 4 ? [text] : [])),
    'route.destination-ipv6-cidr-block': ({ routes }) =>
      routes.flatMap(({ destination: { family, text } }) => (family === 6 ? [text] : [])),
    'route.gateway-id': ({ routes }) => routes.map(({ target }) => target),
    'route.origin': ({ routes }) => routes.map(({ origin }) => origin),
    'vpc-id': ({ vpcId }) => vpcId,
  };
  return {
    run({ RouteTableIds, Filters, MaxResults, NextToken }, call) {
      const region = ec2.region(call.region);
      const tables = RouteTableIds?.length
        ? RouteTableIds.map((id) => find(region.routeTables, 'routeTable', id))
        : region.routeTables.values();
      const found = filtered(tables, Filters, { fields, tags: ({ routeTableId }) => region.tags.of(routeTableId) });
      const { items, ...next } = page(found, {
        MaxResults,
        NextToken,
        ids: RouteTableIds,
        idsName: 'routeTableIds',
        most: MOST,
      });
      return { RouteTables: items.map((table) => shownRouteTable(ec2, region, table)), ...next };
    },
  };
}
