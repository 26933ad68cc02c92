import type { DeleteSubnetRequest } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find } from '../ids.ts';
import { existing } from '../permissions.ts';

/** Deletes a subnet without interfaces. */
export function deleteSubnet(ec2: Ec2): Operation<DeleteSubnetRequest, object> {
  return {
    resources: ({ SubnetId }, call) => [existing(ec2, call, { type: 'subnet', id: SubnetId })],
    run({ SubnetId }, call) {
      const region = ec2.region(call.region);
      const { subnetId } = find(region.subnets, 'subnet', SubnetId);
      if ([...region.interfaces.values()].some(({ subnet }) => subnet.subnetId === subnetId)) {
        throw new AwsError('DependencyViolation', `The subnet '${subnetId}' has dependencies and cannot be deleted.`);
      }
      for (const { associations } of region.routeTables.values()) {
        for (const [id, associated] of associations) if (associated === subnetId) associations.delete(id);
      }
      region.subnets.delete(subnetId);
      region.tags.forget(subnetId);
      return {};
    },
  };
}
