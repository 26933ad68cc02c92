import {
  CreateLoadBalancerCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { tagList } from '../tags.ts';
import { type LoadBalancer, loadBalancer } from './describe-load-balancer.ts';

export interface NewLoadBalancer {
  name: string;
  /** In two zones at least, one of each. */
  subnets: string[];
  securityGroups: string[];
  ipAddressType: 'ipv4' | 'dualstack';
  tags: Record<string, string>;
}

/** Starts an application load balancer that the internet can reach. It becomes active minutes later. */
export async function createLoadBalancer(
  elb: ElasticLoadBalancingV2Client,
  { name, subnets, securityGroups, ipAddressType, tags }: NewLoadBalancer,
): Promise<LoadBalancer> {
  const { LoadBalancers = [] } = await elb.send(
    new CreateLoadBalancerCommand({
      Name: name,
      Type: 'application',
      Scheme: 'internet-facing',
      IpAddressType: ipAddressType,
      Subnets: subnets,
      SecurityGroups: securityGroups,
      Tags: tagList(tags),
    }),
  );
  if (!LoadBalancers[0]) throw new Error(`Cannot create the load balancer "${name}": the answer is empty`);
  return loadBalancer(LoadBalancers[0]);
}
