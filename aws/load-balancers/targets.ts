import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetHealth } from '../../domain/load-balancers/readiness.ts';

/** The targets of a group and how the load balancer finds them. */
export async function readTargets(elb: ElasticLoadBalancingV2Client, targetGroupArn: string): Promise<TargetHealth[]> {
  const { TargetHealthDescriptions = [] } = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
  );
  return TargetHealthDescriptions.map(({ Target, TargetHealth: health }) => ({
    id: Target?.Id ?? '',
    state: health?.State ?? 'unknown',
    ...(health?.Reason !== undefined && { reason: health.Reason }),
    ...(health?.Description !== undefined && { description: health.Description }),
  }));
}

/** Puts an instance into a target group, on the group's port. */
export async function registerTarget(
  elb: ElasticLoadBalancingV2Client,
  { targetGroupArn, instanceId }: { targetGroupArn: string; instanceId: string },
): Promise<void> {
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [{ Id: instanceId }] }));
}

/** Takes an instance out of a target group; requests under way end first. */
export async function deregisterTarget(
  elb: ElasticLoadBalancingV2Client,
  { targetGroupArn, instanceId }: { targetGroupArn: string; instanceId: string },
): Promise<void> {
  await elb.send(new DeregisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [{ Id: instanceId }] }));
}
