import type { DescribeListenersInput, DescribeListenersOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { invalid } from '../errors.ts';
import { checkArn, findLoadBalancer } from '../find.ts';
import { listenersOf } from '../load-balancers/load-balancer.ts';
import { page } from '../paging.ts';
import { shownListener } from './listener.ts';

/** Describes the listeners of a load balancer, or those of the ARNs. */
export function describeListeners(elb: Elb): Operation<DescribeListenersInput, DescribeListenersOutput> {
  return {
    run({ LoadBalancerArn, ListenerArns, PageSize, Marker }, call) {
      const region = elb.region(call.region);
      if ((LoadBalancerArn === undefined) === !ListenerArns?.length) {
        throw invalid('You must specify either listener ARNs or a load balancer ARN');
      }
      const listeners = ListenerArns?.length
        ? ListenerArns.map((arn) => {
            checkArn(arn, 'listener');
            const listener = region.listeners.get(arn);
            if (!listener) throw new AwsError('ListenerNotFound', 'One or more listeners not found');
            return listener;
          })
        : listenersOf(findLoadBalancer(region, LoadBalancerArn));
      const { items, ...next } = page(listeners, { PageSize, Marker });
      return { Listeners: items.map(shownListener), ...next };
    },
  };
}
