import type { ModifyTargetGroupInput, ModifyTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { findTargetGroup } from '../find.ts';
import { onOne } from '../permissions.ts';
import { readHealthCheck } from './health-check.ts';
import { shownTargetGroup } from './target-group.ts';

/** Changes how a group's targets are checked, from the next check on. */
export function modifyTargetGroup(elb: Elb): Operation<ModifyTargetGroupInput, ModifyTargetGroupOutput> {
  return {
    ...onOne(elb, ({ TargetGroupArn }) => TargetGroupArn),
    run(input, call) {
      const group = findTargetGroup(elb.region(call.region), input.TargetGroupArn);
      group.healthCheck = readHealthCheck(input, group.healthCheck);
      return { TargetGroups: [shownTargetGroup(group)] };
    },
  };
}
