import { type ElasticLoadBalancingV2Client, SetSecurityGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';

/** Puts a load balancer into these security groups, and out of all others. */
export async function setSecurityGroups(
  elb: ElasticLoadBalancingV2Client,
  { arn, groupIds }: { arn: string; groupIds: string[] },
): Promise<void> {
  await elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn: arn, SecurityGroups: groupIds }));
}
