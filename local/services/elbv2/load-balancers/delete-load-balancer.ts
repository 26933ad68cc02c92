import type { DeleteLoadBalancerInput, DeleteLoadBalancerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { checkArn } from '../find.ts';
import { removeListener } from '../listeners/remove-listener.ts';
import { onOne } from '../permissions.ts';
import { listenersOf } from './load-balancer.ts';
import { leaveInterfaces } from './nodes.ts';

/** Deletes a load balancer with its listeners and rules; one that isn't there is deleted already. */
export function deleteLoadBalancer(elb: Elb): Operation<DeleteLoadBalancerInput, DeleteLoadBalancerOutput> {
  return {
    ...onOne(elb, ({ LoadBalancerArn }) => LoadBalancerArn),
    run({ LoadBalancerArn: arn = '' }, call) {
      const region = elb.region(call.region);
      checkArn(arn, 'loadbalancer');
      const loadBalancer = region.loadBalancers.get(arn);
      if (!loadBalancer) return {};
      if (loadBalancer.attributes.get('deletion_protection.enabled') === 'true') {
        throw new AwsError(
          'OperationNotPermitted',
          `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
        );
      }
      loadBalancer.provisioning?.cancel();
      for (const listener of listenersOf(loadBalancer)) removeListener(elb, listener);
      leaveInterfaces(elb, loadBalancer);
      elb.awsNames.delete(loadBalancer.dnsName);
      region.loadBalancers.delete(arn);
      region.tags.forget(arn);
      return {};
    },
  };
}
