import type { LoadBalancer as ShownLoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Timer } from '../../../clock/clock.ts';
import type { Listener } from '../listeners/listener.ts';
import type { NodeAddresses } from '../network.ts';
import type { Region } from '../region.ts';

/** A load balancer's part in one zone. */
export interface Node {
  subnetId: string;
  zone: { name: string; id: string };
  addresses: NodeAddresses;
}

export interface LoadBalancer {
  arn: string;
  /** "app/shop/50dc6c495c0c9188" */
  path: string;
  name: string;
  region: Region;
  vpcId: string;
  scheme: 'internet-facing' | 'internal';
  ipAddressType: 'ipv4' | 'dualstack';
  groupIds: string[];
  /** In the order of the subnets that were given. */
  nodes: Node[];
  dnsName: string;
  zoneId: string;
  createdAt: Date;
  state: 'provisioning' | 'active';
  attributes: Map<string, string>;
  provisioning: Timer | undefined;
  /** What takes its listening addresses and ports back, by "address port". */
  listening: Map<string, () => void>;
}

/** The listeners of the load balancer, oldest first. */
export const listenersOf = ({ region, arn }: LoadBalancer): Listener[] =>
  [...region.listeners.values()].filter(({ loadBalancer }) => loadBalancer.arn === arn);

/** Every address that it answers under, of its node in one zone. */
export const addressesOf = ({ addresses: { privateAddress, publicAddress, ipv6Address } }: Node): string[] => [
  ...(publicAddress === undefined ? [] : [publicAddress]),
  privateAddress,
  ...(ipv6Address === undefined ? [] : [ipv6Address]),
];

/** As DescribeLoadBalancers shows it. */
export function shownLoadBalancer(loadBalancer: LoadBalancer): ShownLoadBalancer {
  return {
    LoadBalancerArn: loadBalancer.arn,
    LoadBalancerName: loadBalancer.name,
    DNSName: loadBalancer.dnsName,
    CanonicalHostedZoneId: loadBalancer.zoneId,
    CreatedTime: loadBalancer.createdAt,
    Scheme: loadBalancer.scheme,
    VpcId: loadBalancer.vpcId,
    State: { Code: loadBalancer.state },
    Type: 'application',
    AvailabilityZones: loadBalancer.nodes.map(({ subnetId, zone }) => ({
      SubnetId: subnetId,
      ZoneName: zone.name,
      LoadBalancerAddresses: [],
    })),
    SecurityGroups: loadBalancer.groupIds,
    IpAddressType: loadBalancer.ipAddressType,
  };
}
