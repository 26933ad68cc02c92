import {
  DeleteLoadBalancerCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** Deletes a load balancer with its listeners; one that isn't there is deleted already. */
export async function deleteLoadBalancer(elb: ElasticLoadBalancingV2Client, arn: string): Promise<void> {
  await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
}
