import type { DeleteTargetGroupInput, DeleteTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { checkArn } from '../find.ts';
import { onOne } from '../permissions.ts';
import { usersOf } from './target-group.ts';

/** Deletes a target group that no listener or rule forwards to; one that isn't there is deleted already. */
export function deleteTargetGroup(elb: Elb): Operation<DeleteTargetGroupInput, DeleteTargetGroupOutput> {
  return {
    ...onOne(elb, ({ TargetGroupArn }) => TargetGroupArn),
    run({ TargetGroupArn: arn = '' }, call) {
      const region = elb.region(call.region);
      checkArn(arn, 'targetgroup');
      const group = region.targetGroups.get(arn);
      if (!group) return {};
      if (usersOf(group).length > 0) {
        throw new AwsError('ResourceInUse', `Target group '${arn}' is currently in use by a listener or a rule`);
      }
      for (const { timer } of group.targets.values()) timer?.cancel();
      region.targetGroups.delete(arn);
      region.tags.forget(arn);
      return {};
    },
  };
}
