import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetHealth } from '../../domain/load-balancers/readiness.ts';
import type { Target } from '../../domain/load-balancers/target-group.ts';

/** The targets of a group and how the load balancer finds them. */
export async function readTargets(elb: ElasticLoadBalancingV2Client, targetGroupArn: string): Promise<TargetHealth[]> {
  const { TargetHealthDescriptions = [] } = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
  );
  return TargetHealthDescriptions.map(({ Target, TargetHealth: health }) => ({
    id: Target?.Id ?? '',
    port: Target?.Port ?? 0,
    state: health?.State ?? 'unknown',
    ...(health?.Reason !== undefined && { reason: health.Reason }),
    ...(health?.Description !== undefined && { description: health.Description }),
  }));
}

/** Puts an instance into a target group, on a port of its own. */
export async function registerTarget(
  elb: ElasticLoadBalancingV2Client,
  { targetGroupArn, target: { id, port } }: { targetGroupArn: string; target: Target },
): Promise<void> {
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [{ Id: id, Port: port }] }));
}

/** Takes an instance out of a target group; requests under way end first. */
export async function deregisterTarget(
  elb: ElasticLoadBalancingV2Client,
  { targetGroupArn, target: { id, port } }: { targetGroupArn: string; target: Target },
): Promise<void> {
  await elb.send(new DeregisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [{ Id: id, Port: port }] }));
}
