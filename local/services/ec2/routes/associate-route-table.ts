import type {
  AssociateRouteTableRequest,
  AssociateRouteTableResult,
  DisassociateRouteTableRequest,
} from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find, newId } from '../ids.ts';
import { refuse } from '../not-here.ts';
import { existing } from '../permissions.ts';

/** Gives a subnet a route table of its own, in place of the main one. */
export function associateRouteTable(ec2: Ec2): Operation<AssociateRouteTableRequest, AssociateRouteTableResult> {
  return {
    resources: ({ RouteTableId, SubnetId }, call) => [
      existing(ec2, call, { type: 'route-table', id: RouteTableId }),
      existing(ec2, call, { type: 'subnet', id: SubnetId }),
    ],
    run(input, call) {
      refuse(input, ['GatewayId', 'PublicIpv4Pool']);
      const region = ec2.region(call.region);
      const table = find(region.routeTables, 'routeTable', input.RouteTableId);
      const { subnetId, vpcId } = find(region.subnets, 'subnet', input.SubnetId);
      if (vpcId !== table.vpcId) {
        throw new AwsError(
          'InvalidParameterValue',
          `Route table ${table.routeTableId} and subnet ${subnetId} belong to different networks`,
        );
      }
      for (const other of region.routeTables.values()) {
        for (const [associationId, associated] of other.associations) {
          if (associated !== subnetId) continue;
          if (other === table) return { AssociationId: associationId, AssociationState: { State: 'associated' } };
          throw new AwsError(
            'Resource.AlreadyAssociated',
            `the specified association for route table ${table.routeTableId} conflicts with an existing association`,
          );
        }
      }
      const associationId = newId(ec2.host.draws, 'rtbassoc');
      table.associations.set(associationId, subnetId);
      return { AssociationId: associationId, AssociationState: { State: 'associated' } };
    },
  };
}

/** Lets the subnet fall back to the main route table. */
export function disassociateRouteTable(ec2: Ec2): Operation<DisassociateRouteTableRequest, object> {
  return {
    resources({ AssociationId = '' }, call) {
      const tables = [...ec2.region(call.region).routeTables.values()];
      const table = tables.find(({ associations }) => associations.has(AssociationId));
      return [
        existing(ec2, call, { type: 'route-table', id: table?.routeTableId }),
        existing(ec2, call, { type: 'subnet', id: table?.associations.get(AssociationId) }),
      ];
    },
    run({ AssociationId = '' }, call) {
      for (const { main, associations } of ec2.region(call.region).routeTables.values()) {
        if (main?.associationId === AssociationId) {
          throw new AwsError(
            'InvalidParameterValue',
            `cannot disassociate the main route table association ${AssociationId}`,
          );
        }
        if (associations.delete(AssociationId)) return {};
      }
      throw new AwsError('InvalidAssociationID.NotFound', `The association ID '${AssociationId}' does not exist`);
    },
  };
}
