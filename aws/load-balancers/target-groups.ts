import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
  ModifyTargetGroupCommand,
  type TargetGroup as TargetGroupShape,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { HEALTH_CHECK, type TargetKind } from '../../domain/load-balancers/target-group.ts';
import { isCode } from '../error-code.ts';
import { tagList } from '../tags.ts';

export interface TargetGroup {
  arn: string;
  name: string;
  vpcId: string;
  port: number;
  healthPath: string;
  /** "instance", "ip", "lambda" or "alb" */
  targetType: string;
  /** "HTTP", "HTTPS" … */
  protocol: string;
  /** The load balancers that forward to it. */
  loadBalancerArns: string[];
}

/** The target group of that name; undefined when there is none. */
export async function findTargetGroup(
  elb: ElasticLoadBalancingV2Client,
  name: string,
): Promise<TargetGroup | undefined> {
  try {
    const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ Names: [name] }));
    return TargetGroups[0] && targetGroup(TargetGroups[0]);
  } catch (error) {
    if (isCode(error, 'TargetGroupNotFound')) return undefined;
    throw error;
  }
}

/** The target group of that ARN; undefined when there is none. */
export async function readTargetGroup(
  elb: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<TargetGroup | undefined> {
  try {
    const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }));
    return TargetGroups[0] && targetGroup(TargetGroups[0]);
  } catch (error) {
    if (isCode(error, 'TargetGroupNotFound')) return undefined;
    throw error;
  }
}

/** Every target group of the region by its name, all pages. */
export async function listTargetGroups(elb: ElasticLoadBalancingV2Client): Promise<Map<string, TargetGroup>> {
  const found = new Map<string, TargetGroup>();
  let Marker: string | undefined;
  do {
    const page = await elb.send(new DescribeTargetGroupsCommand(Marker === undefined ? {} : { Marker }));
    for (const group of (page.TargetGroups ?? []).map(targetGroup)) found.set(group.name, group);
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return found;
}

/** Makes a target group. */
export async function createTargetGroup(
  elb: ElasticLoadBalancingV2Client,
  {
    kind: { targetType, protocol },
    ...group
  }: { name: string; vpcId: string; port: number; healthPath: string; kind: TargetKind; tags: Record<string, string> },
): Promise<TargetGroup> {
  const { TargetGroups = [] } = await elb.send(
    new CreateTargetGroupCommand({
      Name: group.name,
      Protocol: protocol,
      Port: group.port,
      VpcId: group.vpcId,
      TargetType: targetType,
      HealthCheckEnabled: true,
      HealthCheckProtocol: protocol,
      HealthCheckPath: group.healthPath,
      HealthCheckIntervalSeconds: HEALTH_CHECK.intervalSeconds,
      HealthCheckTimeoutSeconds: HEALTH_CHECK.timeoutSeconds,
      HealthyThresholdCount: HEALTH_CHECK.healthyThreshold,
      UnhealthyThresholdCount: HEALTH_CHECK.unhealthyThreshold,
      Matcher: { HttpCode: HEALTH_CHECK.matcher },
      Tags: tagList(group.tags),
    }),
  );
  if (!TargetGroups[0]) throw new Error(`Cannot create the target group "${group.name}": the answer is empty`);
  return targetGroup(TargetGroups[0]);
}

/** Has the load balancer ask for another path when it looks after its targets. */
export async function changeHealthPath(
  elb: ElasticLoadBalancingV2Client,
  { targetGroupArn, healthPath }: { targetGroupArn: string; healthPath: string },
): Promise<void> {
  await elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: targetGroupArn, HealthCheckPath: healthPath }));
}

/** Deletes a target group; one that isn't there is deleted already. */
export async function deleteTargetGroup(elb: ElasticLoadBalancingV2Client, arn: string): Promise<void> {
  await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
}

function targetGroup(told: TargetGroupShape): TargetGroup {
  return {
    arn: told.TargetGroupArn ?? '',
    name: told.TargetGroupName ?? '',
    vpcId: told.VpcId ?? '',
    port: told.Port ?? 0,
    healthPath: told.HealthCheckPath ?? '',
    targetType: told.TargetType ?? '',
    protocol: told.Protocol ?? '',
    loadBalancerArns: told.LoadBalancerArns ?? [],
  };
}
