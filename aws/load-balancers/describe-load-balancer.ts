import {
  DescribeLoadBalancersCommand,
  type DescribeLoadBalancersCommandInput,
  type ElasticLoadBalancingV2Client,
  type LoadBalancer as LoadBalancerShape,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isCode } from '../error-code.ts';

/** An application load balancer. */
export interface LoadBalancer {
  arn: string;
  dnsName: string;
  /** AWS's hosted zone of its name: what an alias record needs. */
  zoneId: string;
  vpcId: string;
  /** "internet-facing" or "internal" */
  scheme: string;
  /** "provisioning", "active" … */
  state: string;
  stateReason?: string;
  createdAt: Date;
  /** The security groups that it stands in, by their ids. */
  securityGroups: string[];
}

/** The load balancer of that name; undefined when there is none. */
export function findLoadBalancer(elb: ElasticLoadBalancingV2Client, name: string): Promise<LoadBalancer | undefined> {
  return describe(elb, { Names: [name] });
}

/** The load balancer of that ARN; undefined when there is none, or none yet (failures L10). */
export function readLoadBalancer(elb: ElasticLoadBalancingV2Client, arn: string): Promise<LoadBalancer | undefined> {
  return describe(elb, { LoadBalancerArns: [arn] });
}

/** Every application load balancer of the region by its name, all pages. */
export async function listLoadBalancers(elb: ElasticLoadBalancingV2Client): Promise<Map<string, LoadBalancer>> {
  const found = new Map<string, LoadBalancer>();
  let Marker: string | undefined;
  do {
    const page = await elb.send(new DescribeLoadBalancersCommand(Marker === undefined ? {} : { Marker }));
    for (const told of page.LoadBalancers ?? [])
      if (told.Type === 'application') found.set(told.LoadBalancerName ?? '', loadBalancer(told));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return found;
}

async function describe(
  elb: ElasticLoadBalancingV2Client,
  asked: DescribeLoadBalancersCommandInput,
): Promise<LoadBalancer | undefined> {
  try {
    const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand(asked));
    return LoadBalancers[0] && loadBalancer(LoadBalancers[0]);
  } catch (error) {
    if (isCode(error, 'LoadBalancerNotFound')) return undefined;
    throw error;
  }
}

export function loadBalancer(told: LoadBalancerShape): LoadBalancer {
  return {
    arn: told.LoadBalancerArn ?? '',
    dnsName: (told.DNSName ?? '').toLowerCase(),
    zoneId: told.CanonicalHostedZoneId ?? '',
    vpcId: told.VpcId ?? '',
    scheme: told.Scheme ?? '',
    state: told.State?.Code ?? 'unknown',
    ...(told.State?.Reason ? { stateReason: told.State.Reason } : {}),
    createdAt: told.CreatedTime ?? new Date(0),
    securityGroups: told.SecurityGroups ?? [],
  };
}
