import type { DeleteVpcRequest } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { gatewayOf } from '../gateways/internet-gateway.ts';
import { DEFAULT_GROUP } from '../groups/security-group.ts';
import { find } from '../ids.ts';
import { existing } from '../permissions.ts';

/** Deletes a VPC that holds nothing but its main route table, its default network ACL and its default group. */
export function deleteVpc(ec2: Ec2): Operation<DeleteVpcRequest, object> {
  return {
    resources: ({ VpcId }, call) => [existing(ec2, call, { type: 'vpc', id: VpcId })],
    run({ VpcId }, call) {
      const region = ec2.region(call.region);
      const { vpcId } = find(region.vpcs, 'vpc', VpcId);
      const groups = [...region.groups.values()].filter((group) => group.vpcId === vpcId);
      const tables = [...region.routeTables.values()].filter((table) => table.vpcId === vpcId);
      const held =
        [...region.subnets.values()].some((subnet) => subnet.vpcId === vpcId) ||
        groups.some(({ name }) => name !== DEFAULT_GROUP) ||
        tables.some(({ main }) => !main) ||
        gatewayOf(region, vpcId) !== undefined;
      if (held) {
        throw new AwsError('DependencyViolation', `The vpc '${vpcId}' has dependencies and cannot be deleted.`);
      }
      const acls = [...region.networkAcls.values()].filter((acl) => acl.vpcId === vpcId);
      for (const { networkAclId } of acls) region.networkAcls.delete(networkAclId);
      for (const { groupId } of groups) region.groups.delete(groupId);
      for (const { routeTableId } of tables) region.routeTables.delete(routeTableId);
      region.vpcs.delete(vpcId);
      const gone = [
        ...groups.map((it) => it.groupId),
        ...tables.map((it) => it.routeTableId),
        ...acls.map((it) => it.networkAclId),
      ];
      for (const id of [vpcId, ...gone]) region.tags.forget(id);
      return {};
    },
  };
}
