import type { AllocateAddressRequest, AllocateAddressResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { newIdOf } from '../ids.ts';
import { refuse } from '../not-here.ts';
import { created } from '../permissions.ts';
import { tagsOnCreate } from '../tags/tag-set.ts';

// Source: EC2 User Guide, "Elastic IP address quota": five a region; checked 2026-11-22.
export const ADDRESSES_PER_REGION = 5;

/** Allocates an Elastic IP address. */
export function allocateAddress(ec2: Ec2): Operation<AllocateAddressRequest, AllocateAddressResult> {
  return {
    resources: ({ TagSpecifications }, call) => [created(call, 'elastic-ip', TagSpecifications)],
    run(input, call) {
      refuse(input, ['Address', 'CustomerOwnedIpv4Pool', 'IpamPoolId']);
      const region = ec2.region(call.region);
      const tags = tagsOnCreate(input.TagSpecifications, 'address');
      if (region.elasticIps.size >= ADDRESSES_PER_REGION) {
        throw new AwsError('AddressLimitExceeded', 'The maximum number of addresses has been reached.');
      }
      const publicIp = ec2.plan.takePublic();
      const allocationId = newIdOf(ec2.host.draws, 'address');
      region.elasticIps.set(allocationId, { allocationId, publicIp, association: undefined });
      region.tags.put(allocationId, tags);
      return {
        AllocationId: allocationId,
        PublicIp: publicIp,
        Domain: 'vpc',
        PublicIpv4Pool: 'amazon',
        NetworkBorderGroup: region.name,
      };
    },
  };
}
