import type {
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { invalid } from '../errors.ts';
import { checkArn } from '../find.ts';
import { page } from '../paging.ts';
import { shownLoadBalancer } from './load-balancer.ts';

/** Describes load balancers: all, or those of the ARNs or of the names. */
export function describeLoadBalancers(elb: Elb): Operation<DescribeLoadBalancersInput, DescribeLoadBalancersOutput> {
  return {
    run({ LoadBalancerArns, Names, PageSize, Marker }, call) {
      if (LoadBalancerArns?.length && Names?.length) {
        throw invalid('Load balancer names and load balancer ARNs cannot be specified at the same time');
      }
      const all = [...elb.region(call.region).loadBalancers.values()];
      for (const arn of LoadBalancerArns ?? []) {
        checkArn(arn, 'loadbalancer');
        if (!all.some((other) => other.arn === arn)) {
          throw new AwsError('LoadBalancerNotFound', 'One or more load balancers not found');
        }
      }
      const missing = (Names ?? []).filter((name) => !all.some((other) => other.name === name));
      if (missing.length > 0) {
        throw new AwsError('LoadBalancerNotFound', `Load balancers '[${missing.join(', ')}]' not found`);
      }
      const found = all.filter(
        ({ arn, name }) =>
          (!LoadBalancerArns?.length || LoadBalancerArns.includes(arn)) && (!Names?.length || Names.includes(name)),
      );
      const { items, ...next } = page(found, { PageSize, Marker });
      return { LoadBalancers: items.map(shownLoadBalancer), ...next };
    },
  };
}
