import type { ModifySubnetAttributeRequest } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find } from '../ids.ts';
import { notHere } from '../not-here.ts';
import { existing } from '../permissions.ts';

/** Says whether what is launched in the subnet gets a public address, or an IPv6 one; one of them a call. */
export function modifySubnetAttribute(ec2: Ec2): Operation<ModifySubnetAttributeRequest, object> {
  return {
    resources: ({ SubnetId }, call) => [existing(ec2, call, { type: 'subnet', id: SubnetId })],
    run({ SubnetId, DryRun, ...attributes }: ModifySubnetAttributeRequest & { DryRun?: boolean }, call) {
      const subnet = find(ec2.region(call.region).subnets, 'subnet', SubnetId);
      const names = Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [name]));
      if (names.length > 1) {
        throw new AwsError('InvalidParameterCombination', 'Fields for multiple attribute types specified');
      }
      const { MapPublicIpOnLaunch, AssignIpv6AddressOnCreation } = attributes;
      if (AssignIpv6AddressOnCreation?.Value && !subnet.ipv6) {
        throw new AwsError('InvalidSubnet', `The subnet '${subnet.subnetId}' does not have an IPv6 CIDR block.`);
      }
      if (MapPublicIpOnLaunch) subnet.mapPublicIpOnLaunch = MapPublicIpOnLaunch.Value === true;
      else if (AssignIpv6AddressOnCreation) subnet.assignIpv6OnCreation = AssignIpv6AddressOnCreation.Value === true;
      else throw notHere(`The subnet attribute ${names[0] ?? 'that is not named'}`);
      return {};
    },
  };
}
