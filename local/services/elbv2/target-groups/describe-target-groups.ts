import type { DescribeTargetGroupsInput, DescribeTargetGroupsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { invalid } from '../errors.ts';
import { checkArn, findLoadBalancer } from '../find.ts';
import { page } from '../paging.ts';
import { shownTargetGroup, usersOf } from './target-group.ts';

/** Describes target groups: all, or those of a load balancer, of the ARNs or of the names. */
export function describeTargetGroups(elb: Elb): Operation<DescribeTargetGroupsInput, DescribeTargetGroupsOutput> {
  return {
    run({ LoadBalancerArn, TargetGroupArns, Names, PageSize, Marker }, call) {
      const region = elb.region(call.region);
      const ways = [LoadBalancerArn, TargetGroupArns?.[0], Names?.[0]].filter((way) => way !== undefined);
      if (ways.length > 1) {
        throw invalid(
          'Target group ARNs, target group names, and a load balancer ARN cannot be specified at the same time',
        );
      }
      const all = [...region.targetGroups.values()];
      for (const arn of TargetGroupArns ?? []) {
        checkArn(arn, 'targetgroup');
        if (!region.targetGroups.has(arn))
          throw new AwsError('TargetGroupNotFound', 'One or more target groups not found');
      }
      for (const name of Names ?? []) {
        if (!all.some((other) => other.name === name)) {
          throw new AwsError('TargetGroupNotFound', 'One or more target groups not found');
        }
      }
      const user = LoadBalancerArn === undefined ? undefined : findLoadBalancer(region, LoadBalancerArn);
      const found = all.filter(
        (group) =>
          (!TargetGroupArns?.length || TargetGroupArns.includes(group.arn)) &&
          (!Names?.length || Names.includes(group.name)) &&
          (!user || usersOf(group).includes(user)),
      );
      const { items, ...next } = page(found, { PageSize, Marker });
      return { TargetGroups: items.map(shownTargetGroup), ...next };
    },
  };
}
