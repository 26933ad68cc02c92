import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  type TargetDescription,
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
    ...(Target?.AvailabilityZone === EVERY_ZONE && { everyZone: true as const }),
    state: health?.State ?? 'unknown',
    ...(health?.Reason !== undefined && { reason: health.Reason }),
    ...(health?.Description !== undefined && { description: health.Description }),
  }));
}

/** Puts an instance or an address into a target group, on a port of its own. */
export async function registerTarget(
  elb: ElasticLoadBalancingV2Client,
  { targetGroupArn, target }: { targetGroupArn: string; target: Target },
): Promise<void> {
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [described(target)] }));
}

/** Takes a target out of its group; requests under way end first. */
export async function deregisterTarget(
  elb: ElasticLoadBalancingV2Client,
  { targetGroupArn, target }: { targetGroupArn: string; target: Target },
): Promise<void> {
  await elb.send(new DeregisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [described(target)] }));
}

/** What an address outside the VPC is registered for. Source: ELB API reference, TargetDescription, checked 2026-11-30. */
const EVERY_ZONE = 'all';

const described = ({ id, port, everyZone }: Target): TargetDescription => ({
  Id: id,
  Port: port,
  ...(everyZone && { AvailabilityZone: EVERY_ZONE }),
});
