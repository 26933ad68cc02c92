import type { TargetGroup as ShownTargetGroup, TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Timer } from '../../../clock/clock.ts';
import type { LoadBalancer } from '../load-balancers/load-balancer.ts';
import type { Region } from '../region.ts';
import type { HealthCheck } from './health-check.ts';

/** An address or an instance, with a port, in a target group. */
export interface Target {
  /** An instance id or an IP address. */
  id: string;
  port: number;
  /** What the last checks say, whatever else may keep the target from being used. */
  checked: TargetHealth;
  /** Results in a row that speak against the state it is in. */
  against: number;
  /** Results in a row that said the same. */
  alike: number;
  /** The next check, or the end of draining. */
  timer: Timer | undefined;
  /** When the next check would be, while the answer is known without asking. */
  restingUntil: Date | undefined;
  draining: boolean;
  /** Whether it was registered for all zones: an address outside the VPC. */
  everyZone?: boolean;
  /** Until then what a role reads does not list it. */
  listedAt: Date;
}

export interface TargetGroup {
  arn: string;
  name: string;
  region: Region;
  vpcId: string;
  targetType: 'instance' | 'ip';
  protocol: 'HTTP' | 'HTTPS';
  port: number;
  healthCheck: HealthCheck;
  attributes: Map<string, string>;
  /** By "id port". */
  targets: Map<string, Target>;
  /** Which target is next: requests go round. */
  turn: number;
}

/** One registration is one id with one port. */
export const targetKey = (id: string, port: number): string => `${id} ${port}`;

/** The load balancers whose listeners forward to the group: one at most. */
export function usersOf({ region, arn }: TargetGroup): LoadBalancer[] {
  const users = [...region.listeners.values()]
    .filter(({ rules }) => rules.some(({ actions }) => actions.some((action) => forwardsTo(action, arn))))
    .map(({ loadBalancer }) => loadBalancer);
  return [...new Set(users)];
}

const forwardsTo = (
  {
    ForwardConfig,
  }: { ForwardConfig?: { TargetGroups?: { TargetGroupArn?: string | undefined }[] | undefined } | undefined },
  arn: string,
): boolean => ForwardConfig?.TargetGroups?.some(({ TargetGroupArn }) => TargetGroupArn === arn) ?? false;

/** As DescribeTargetGroups shows it. */
export function shownTargetGroup(group: TargetGroup): ShownTargetGroup {
  const { healthCheck } = group;
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol,
    Port: group.port,
    VpcId: group.vpcId,
    HealthCheckEnabled: true,
    HealthCheckProtocol: healthCheck.protocol,
    HealthCheckPort: healthCheck.port,
    HealthCheckPath: healthCheck.path,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    Matcher: { HttpCode: healthCheck.matcher },
    LoadBalancerArns: usersOf(group).map(({ arn }) => arn),
    TargetType: group.targetType,
    ProtocolVersion: 'HTTP1',
    IpAddressType: 'ipv4',
  };
}
