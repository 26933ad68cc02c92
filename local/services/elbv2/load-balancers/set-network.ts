import type {
  SetIpAddressTypeInput,
  SetIpAddressTypeOutput,
  SetSecurityGroupsInput,
  SetSecurityGroupsOutput,
  SetSubnetsInput,
  SetSubnetsOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../wire/service.ts';
import { dependentsOf } from '../dependents.ts';
import type { Elb } from '../elb.ts';
import { refuse } from '../errors.ts';
import { findLoadBalancer } from '../find.ts';
import { onOne } from '../permissions.ts';
import { checkTargetsOf } from '../target-groups/checks.ts';
import { type LoadBalancer, shownLoadBalancer } from './load-balancer.ts';
import { attachNode, detachNode, listen } from './nodes.ts';
import { checkIpAddressType, groupsOf, placesOf } from './placement.ts';

/** Puts a load balancer into other security groups. */
export function setSecurityGroups(elb: Elb): Operation<SetSecurityGroupsInput, SetSecurityGroupsOutput> {
  return {
    ...onOne(elb, ({ LoadBalancerArn }) => LoadBalancerArn),
    conditions: ({ SecurityGroups }) => ({ 'elasticloadbalancing:SecurityGroup': SecurityGroups ?? [] }),
    dependents: (_, call) => dependentsOf(call),
    run(input, call) {
      refuse(input, ['EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic']);
      const loadBalancer = findLoadBalancer(elb.region(call.region), input.LoadBalancerArn);
      const { vpcId } = loadBalancer;
      loadBalancer.groupIds = groupsOf(elb, call.region, { wanted: input.SecurityGroups, vpcId });
      for (const { addresses } of loadBalancer.nodes) {
        elb.network.setGroups(call.region, addresses.interfaceId, loadBalancer.groupIds);
      }
      return { SecurityGroupIds: loadBalancer.groupIds };
    },
  };
}

/** Moves a load balancer to other subnets; a node that may stay keeps its addresses. */
export function setSubnets(elb: Elb): Operation<SetSubnetsInput, SetSubnetsOutput> {
  return {
    ...onOne(elb, ({ LoadBalancerArn }) => LoadBalancerArn),
    conditions: ({ Subnets }) => ({ 'elasticloadbalancing:Subnet': Subnets ?? [] }),
    dependents: (_, call) => dependentsOf(call),
    run(input, call) {
      refuse(input, ['EnablePrefixForIpv6SourceNat']);
      const loadBalancer = findLoadBalancer(elb.region(call.region), input.LoadBalancerArn);
      const places = placesOf(elb, call.region, { wanted: input, scheme: loadBalancer.scheme });
      const { scheme } = loadBalancer;
      const type = checkIpAddressType(input.IpAddressType ?? loadBalancer.ipAddressType, { places, scheme });
      const staying = new Set(places.map(({ subnetId }) => subnetId));
      for (const node of loadBalancer.nodes) if (!staying.has(node.subnetId)) detachNode(elb, loadBalancer, node);
      setType(elb, loadBalancer, type);
      const standing = new Set(loadBalancer.nodes.map(({ subnetId }) => subnetId));
      for (const place of places) if (!standing.has(place.subnetId)) attachNode(elb, loadBalancer, place);
      listen(elb, loadBalancer);
      checkTargetsOf(elb, loadBalancer);
      const { AvailabilityZones } = shownLoadBalancer(loadBalancer);
      return { AvailabilityZones, IpAddressType: type };
    },
  };
}

/** Gives a load balancer IPv6 addresses, or takes them away. */
export function setIpAddressType(elb: Elb): Operation<SetIpAddressTypeInput, SetIpAddressTypeOutput> {
  return {
    ...onOne(elb, ({ LoadBalancerArn }) => LoadBalancerArn),
    dependents: (_, call) => dependentsOf(call),
    run({ LoadBalancerArn, IpAddressType }, call) {
      const loadBalancer = findLoadBalancer(elb.region(call.region), LoadBalancerArn);
      const { scheme } = loadBalancer;
      const places = loadBalancer.nodes.map(({ subnetId }) => ({
        subnetId,
        ipv6: elb.network.subnet(call.region, subnetId)?.ipv6 === true,
      }));
      setType(elb, loadBalancer, checkIpAddressType(IpAddressType, { places, scheme }));
      listen(elb, loadBalancer);
      return { IpAddressType: loadBalancer.ipAddressType };
    },
  };
}

function setType(elb: Elb, loadBalancer: LoadBalancer, type: LoadBalancer['ipAddressType']): void {
  if (type === loadBalancer.ipAddressType) return;
  loadBalancer.ipAddressType = type;
  for (const node of loadBalancer.nodes) {
    node.addresses = elb.network.setIpv6(loadBalancer.region.name, node.addresses.interfaceId, type === 'dualstack');
  }
}
