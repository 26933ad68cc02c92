import type { CreateRouteTableRequest, CreateRouteTableResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find } from '../ids.ts';
import { created, existing } from '../permissions.ts';
import { tagsOnCreate } from '../tags/tag-set.ts';
import { makeRouteTable } from './make-route-table.ts';
import { shownRouteTable } from './route-table.ts';

/** Makes a route table that knows the way inside the VPC only. */
export function createRouteTable(ec2: Ec2): Operation<CreateRouteTableRequest, CreateRouteTableResult> {
  return {
    resources: ({ VpcId, TagSpecifications }, call) => [
      created(call, 'route-table', TagSpecifications),
      existing(ec2, call, { type: 'vpc', id: VpcId }),
    ],
    run({ VpcId, TagSpecifications }, call) {
      const region = ec2.region(call.region);
      const vpc = find(region.vpcs, 'vpc', VpcId);
      const tags = tagsOnCreate(TagSpecifications, 'routeTable');
      const table = makeRouteTable(ec2, region, { vpc, main: false });
      region.tags.put(table.routeTableId, tags);
      return { RouteTable: shownRouteTable(ec2, region, table) };
    },
  };
}
