import {
  DescribeLoadBalancerAttributesCommand,
  type ElasticLoadBalancingV2Client,
  LoadBalancerNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** Whether ELB refuses to delete the load balancer; false for one that is gone. */
export async function isDeletionProtected(elb: ElasticLoadBalancingV2Client, arn: string): Promise<boolean> {
  try {
    const { Attributes = [] } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }));
    return Attributes.some(({ Key, Value }) => Key === 'deletion_protection.enabled' && Value === 'true');
  } catch (error) {
    if (error instanceof LoadBalancerNotFoundException) return false;
    throw error;
  }
}
