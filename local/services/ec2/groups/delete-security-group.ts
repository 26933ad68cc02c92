import type { DeleteSecurityGroupRequest, DeleteSecurityGroupResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find } from '../ids.ts';
import { existing } from '../permissions.ts';
import { DEFAULT_GROUP } from './security-group.ts';

/** Deletes a group that no interface is in and no other group refers to. */
export function deleteSecurityGroup(ec2: Ec2): Operation<DeleteSecurityGroupRequest, DeleteSecurityGroupResult> {
  return {
    resources: ({ GroupId }, call) => [existing(ec2, call, { type: 'security-group', id: GroupId })],
    run({ GroupId, GroupName }, call) {
      const region = ec2.region(call.region);
      if (GroupId === undefined && GroupName !== undefined) {
        throw new AwsError('InvalidGroup.NotFound', `The security group '${GroupName}' does not exist in default VPC`);
      }
      const { groupId, name, rules } = find(region.groups, 'group', GroupId);
      if (name === DEFAULT_GROUP) {
        throw new AwsError(
          'CannotDelete',
          `the specified group: "${groupId}" name: "default" cannot be deleted by a user`,
        );
      }
      const used = [...region.interfaces.values()].some(({ groupIds }) => groupIds.includes(groupId));
      const referred = [...region.groups.values()].some(
        (other) =>
          other.groupId !== groupId &&
          [...other.rules.values()].some(({ peer }) => 'groupId' in peer && peer.groupId === groupId),
      );
      if (used || referred) throw new AwsError('DependencyViolation', `resource ${groupId} has a dependent object`);
      region.groups.delete(groupId);
      for (const id of [groupId, ...[...rules.values()].map(({ ruleId }) => ruleId)]) region.tags.forget(id);
      return { Return: true, GroupId: groupId };
    },
  };
}
