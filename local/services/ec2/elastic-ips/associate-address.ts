import type { AssociateAddressRequest, AssociateAddressResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { gatewayOf } from '../gateways/internet-gateway.ts';
import { find, newId } from '../ids.ts';
import { findInstances } from '../instances/find-instances.ts';
import { removePublicAddress, setPublicAddress } from '../interfaces/attach.ts';
import type { NetworkInterface } from '../interfaces/network-interface.ts';
import { existing } from '../permissions.ts';
import type { Region } from '../region.ts';
import { findElasticIp } from './find-elastic-ip.ts';

/**
 * Puts an Elastic IP on an instance or an interface, in place of its public address. An address that is elsewhere
 * moves, unless `AllowReassociation` is false.
 */
export function associateAddress(ec2: Ec2): Operation<AssociateAddressRequest, AssociateAddressResult> {
  return {
    // The reference names all three and says of none when it is left out: an instance is judged with its interface.
    resources({ AllocationId, InstanceId, NetworkInterfaceId }, call) {
      const instance = ec2.region(call.region).instances.get(InstanceId ?? '');
      const interfaceId = NetworkInterfaceId ?? instance?.networkInterface.interfaceId;
      return [
        existing(ec2, call, { type: 'elastic-ip', id: AllocationId }),
        ...(InstanceId === undefined ? [] : [existing(ec2, call, { type: 'instance', id: InstanceId })]),
        existing(ec2, call, { type: 'network-interface', id: interfaceId }),
      ];
    },
    run(input, call) {
      const region = ec2.region(call.region);
      const elasticIp = findElasticIp(region, input);
      const receiver = receiverOf(region, input);
      const { vpcId } = receiver.subnet;
      if (!gatewayOf(region, vpcId)) {
        throw new AwsError('Gateway.NotAttached', `Network ${vpcId} is not attached to any internet gateway`);
      }
      const { allocationId, publicIp, association } = elasticIp;
      if (association?.interfaceId === receiver.interfaceId) return { AssociationId: association.associationId };
      if (association && input.AllowReassociation === false) {
        throw new AwsError(
          'Resource.AlreadyAssociated',
          `resource ${allocationId} is already associated with associate-id ${association.associationId}`,
        );
      }
      const before = association && region.interfaces.get(association.interfaceId);
      if (before) removePublicAddress(ec2, region, before);
      const associationId = newId(ec2.host.draws, 'eipassoc');
      setPublicAddress(ec2, region, receiver, { address: publicIp, owner: { allocationId, associationId } });
      elasticIp.association = { associationId, interfaceId: receiver.interfaceId };
      return { AssociationId: associationId };
    },
  };
}

function receiverOf(region: Region, { InstanceId, NetworkInterfaceId }: AssociateAddressRequest): NetworkInterface {
  if (NetworkInterfaceId !== undefined) return find(region.interfaces, 'interface', NetworkInterfaceId);
  if (InstanceId === undefined) {
    throw new AwsError('MissingParameter', 'Either instance ID or network interface id must be specified');
  }
  const [instance] = findInstances(region, [InstanceId]);
  if (instance && (instance.state === 'running' || instance.state === 'stopped')) return instance.networkInterface;
  throw new AwsError(
    'InvalidInstanceID',
    `The ${instance?.state} instance '${InstanceId}' is not in a valid state for this operation.`,
  );
}
