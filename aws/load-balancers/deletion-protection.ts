import {
  DescribeLoadBalancerAttributesCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isCode } from '../error-code.ts';

/** Whether ELB refuses to delete the load balancer; false for one that is gone. */
export async function isDeletionProtected(elb: ElasticLoadBalancingV2Client, arn: string): Promise<boolean> {
  try {
    const { Attributes = [] } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }));
    return Attributes.some(({ Key, Value }) => Key === 'deletion_protection.enabled' && Value === 'true');
  } catch (error) {
    if (isCode(error, 'LoadBalancerNotFound')) return false;
    throw error;
  }
}
