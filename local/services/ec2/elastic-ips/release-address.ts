import type { ReleaseAddressRequest } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { existing } from '../permissions.ts';
import { findElasticIp } from './find-elastic-ip.ts';

/** Gives an Elastic IP back that is on no interface. */
export function releaseAddress(ec2: Ec2): Operation<ReleaseAddressRequest, object> {
  return {
    resources: ({ AllocationId }, call) => [existing(ec2, call, { type: 'elastic-ip', id: AllocationId })],
    run(input, call) {
      const region = ec2.region(call.region);
      const { allocationId, publicIp, association } = findElasticIp(region, input);
      if (association) throw new AwsError('InvalidIPAddress.InUse', `Address ${publicIp} is in use.`);
      region.elasticIps.delete(allocationId);
      region.tags.forget(allocationId);
      ec2.plan.release(publicIp);
      return {};
    },
  };
}
