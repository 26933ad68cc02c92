import type { DisassociateAddressRequest } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { removePublicAddress, setPublicAddress } from '../interfaces/attach.ts';
import { existing } from '../permissions.ts';
import type { Region } from '../region.ts';
import type { ElasticIp } from './elastic-ip.ts';
import { findElasticIp } from './find-elastic-ip.ts';

/** Takes an Elastic IP off its interface; an instance that was launched with a public address gets another of Amazon's. */
export function disassociateAddress(ec2: Ec2): Operation<DisassociateAddressRequest, object> {
  return {
    resources(input, call) {
      const address = named(ec2.region(call.region), input);
      return [
        existing(ec2, call, { type: 'elastic-ip', id: address?.allocationId }),
        existing(ec2, call, { type: 'network-interface', id: address?.association?.interfaceId }),
      ];
    },
    run(input, call) {
      const region = ec2.region(call.region);
      const { association, publicIp } = associated(region, input);
      const networkInterface = association && region.interfaces.get(association.interfaceId);
      if (!networkInterface) {
        throw new AwsError('InvalidAssociationID.NotFound', `Address '${publicIp}' is not associated.`);
      }
      removePublicAddress(ec2, region, networkInterface);
      if (networkInterface.wantsPublicAddress && networkInterface.up) {
        setPublicAddress(ec2, region, networkInterface, { address: ec2.plan.takePublic(), owner: 'amazon' });
      }
      return {};
    },
  };
}

/** The address that a request names, if there is one. */
function named({ elasticIps }: Region, { AssociationId, PublicIp }: DisassociateAddressRequest): ElasticIp | undefined {
  return [...elasticIps.values()].find(
    ({ association, publicIp }) => association?.associationId === AssociationId || publicIp === PublicIp,
  );
}

function associated(region: Region, { AssociationId, PublicIp }: DisassociateAddressRequest): ElasticIp {
  if (AssociationId === undefined) return findElasticIp(region, { PublicIp });
  const elasticIp = [...region.elasticIps.values()].find((it) => it.association?.associationId === AssociationId);
  if (elasticIp) return elasticIp;
  throw new AwsError('InvalidAssociationID.NotFound', `The association ID '${AssociationId}' does not exist`);
}
