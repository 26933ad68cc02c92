import { covers } from './cidr.ts';
import type { Ec2 } from './ec2.ts';
import { gatewayOf } from './gateways/internet-gateway.ts';
import { defaultGroupOf } from './groups/security-group.ts';
import { find } from './ids.ts';
import type { Instance } from './instances/instance.ts';
import {
  addIpv6Address,
  attachInterface,
  detachInterface,
  removeIpv6Addresses,
  setPublicAddress,
} from './interfaces/attach.ts';
import type { NetworkInterface } from './interfaces/network-interface.ts';
import { routesToPrivate } from './routes/route-table.ts';

/** The network as load balancers use it. */
export type Network = ReturnType<typeof networkOf>;

/** An interface that a load balancer's node has in a subnet. */
interface NodeRequest {
  region: string;
  subnetId: string;
  groupIds: string[];
  /** "ELB app/name/50dc6c495c0c9188" */
  description: string;
  public: boolean;
  ipv6: boolean;
}

/** What load balancers ask of EC2: subnets, groups, interfaces, instances. */
export function networkOf(ec2: Ec2) {
  const interfaceOf = (region: string, id: string) => find(ec2.region(region).interfaces, 'interface', id);
  return {
    subnet(region: string, subnetId: string) {
      const subnet = ec2.region(region).subnets.get(subnetId);
      return (
        subnet && {
          subnetId,
          vpcId: subnet.vpcId,
          zone: subnet.zone,
          ipv6: subnet.ipv6 !== undefined,
          freeAddresses: ec2.plan.freeIn(subnet.cidr),
        }
      );
    },
    subnetOf(region: string, { vpcId, address }: { vpcId: string; address: string }) {
      return [...ec2.region(region).subnets.values()].find(
        (subnet) => subnet.vpcId === vpcId && covers(subnet.cidr, address),
      );
    },
    carries(region: string, { subnetId, address }: { subnetId: string; address: string }): boolean {
      const subnet = ec2.region(region).subnets.get(subnetId);
      return subnet !== undefined && routesToPrivate(ec2.region(region), subnet, address);
    },
    vpc(region: string, vpcId: string) {
      const vpc = ec2.region(region).vpcs.get(vpcId);
      return (
        vpc && {
          cidr: vpc.cidr.text,
          internetGateway: gatewayOf(ec2.region(region), vpcId) !== undefined,
          defaultGroupId: defaultGroupOf(ec2.region(region), vpcId)?.groupId,
        }
      );
    },
    group(region: string, groupId: string) {
      const group = ec2.region(region).groups.get(groupId);
      return group && { groupId, vpcId: group.vpcId };
    },
    attach(wanted: NodeRequest) {
      const region = ec2.region(wanted.region);
      const networkInterface = attachInterface(ec2, region, {
        subnet: find(region.subnets, 'subnet', wanted.subnetId),
        groupIds: wanted.groupIds,
        description: wanted.description,
        ipv6Count: wanted.ipv6 ? 1 : 0,
        requester: 'amazon-elb',
      });
      if (wanted.public) {
        setPublicAddress(ec2, region, networkInterface, { address: ec2.plan.takePublic(), owner: 'amazon' });
      }
      return nodeAddresses(networkInterface);
    },
    detach(region: string, interfaceId: string): void {
      detachInterface(ec2, ec2.region(region), interfaceOf(region, interfaceId));
    },
    setGroups(region: string, interfaceId: string, groupIds: string[]): void {
      interfaceOf(region, interfaceId).groupIds = groupIds;
    },
    setIpv6(region: string, interfaceId: string, on: boolean) {
      const networkInterface = interfaceOf(region, interfaceId);
      removeIpv6Addresses(ec2, networkInterface);
      if (on) addIpv6Address(ec2, ec2.region(region), networkInterface);
      return nodeAddresses(networkInterface);
    },
    instance(region: string, instanceId: string) {
      const instance = ec2.region(region).instances.get(instanceId);
      return instance && instanceFacts(instance);
    },
    /** Calls `watcher` with the id of every instance whose state has changed. */
    watch(watcher: (instanceId: string) => void): void {
      ec2.watch(({ instanceId }) => watcher(instanceId));
    },
    /** Calls `watcher` whenever what answers where, or who may reach it, may have changed. */
    watchChanges(watcher: () => void): void {
      ec2.watchChanges(watcher);
    },
  };
}

const nodeAddresses = ({ interfaceId, privateAddress, publicAddress, ipv6Addresses }: NetworkInterface) => ({
  interfaceId,
  privateAddress,
  publicAddress: publicAddress?.address,
  ipv6Address: ipv6Addresses[0],
});

const instanceFacts = ({ instanceId, state, networkInterface, web }: Instance) => ({
  instanceId,
  state,
  steady: web.steady,
  vpcId: networkInterface.subnet.vpcId,
  zone: networkInterface.subnet.zone.name,
  privateAddress: networkInterface.privateAddress,
});
