import type { DeleteRouteTableRequest } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find } from '../ids.ts';
import { existing } from '../permissions.ts';

/** Deletes a route table that no subnet uses; never a main one. */
export function deleteRouteTable(ec2: Ec2): Operation<DeleteRouteTableRequest, object> {
  return {
    resources: ({ RouteTableId }, call) => [existing(ec2, call, { type: 'route-table', id: RouteTableId })],
    run({ RouteTableId }, call) {
      const region = ec2.region(call.region);
      const { routeTableId, main, associations } = find(region.routeTables, 'routeTable', RouteTableId);
      if (main || associations.size > 0) {
        throw new AwsError(
          'DependencyViolation',
          `The routeTable '${routeTableId}' has dependencies and cannot be deleted.`,
        );
      }
      region.routeTables.delete(routeTableId);
      region.tags.forget(routeTableId);
      return {};
    },
  };
}
