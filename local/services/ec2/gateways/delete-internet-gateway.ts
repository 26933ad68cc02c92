import type { DeleteInternetGatewayRequest } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find } from '../ids.ts';
import { existing } from '../permissions.ts';

/** Deletes a gateway that is attached to nothing. */
export function deleteInternetGateway(ec2: Ec2): Operation<DeleteInternetGatewayRequest, object> {
  return {
    resources: ({ InternetGatewayId }, call) => [
      existing(ec2, call, { type: 'internet-gateway', id: InternetGatewayId }),
    ],
    run({ InternetGatewayId }, call) {
      const region = ec2.region(call.region);
      const { internetGatewayId, vpcId } = find(region.gateways, 'gateway', InternetGatewayId);
      if (vpcId !== undefined) {
        throw new AwsError(
          'DependencyViolation',
          `The internetGateway '${internetGatewayId}' has dependencies and cannot be deleted.`,
        );
      }
      region.gateways.delete(internetGatewayId);
      region.tags.forget(internetGatewayId);
      return {};
    },
  };
}
