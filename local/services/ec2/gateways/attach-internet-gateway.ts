import type { AttachInternetGatewayRequest, DetachInternetGatewayRequest } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find } from '../ids.ts';
import { existing } from '../permissions.ts';
import { gatewayOf } from './internet-gateway.ts';

/** Attaches a gateway to a VPC: one each. */
export function attachInternetGateway(ec2: Ec2): Operation<AttachInternetGatewayRequest, object> {
  return {
    resources: ({ InternetGatewayId, VpcId }, call) => [
      existing(ec2, call, { type: 'internet-gateway', id: InternetGatewayId }),
      existing(ec2, call, { type: 'vpc', id: VpcId }),
    ],
    run({ InternetGatewayId, VpcId }, call) {
      const region = ec2.region(call.region);
      const gateway = find(region.gateways, 'gateway', InternetGatewayId);
      const { vpcId } = find(region.vpcs, 'vpc', VpcId);
      if (gateway.vpcId !== undefined) {
        throw new AwsError(
          'Resource.AlreadyAssociated',
          `resource ${gateway.internetGatewayId} is already attached to network ${gateway.vpcId}`,
        );
      }
      if (gatewayOf(region, vpcId)) {
        throw new AwsError('InvalidParameterValue', `Network ${vpcId} already has an internet gateway attached`);
      }
      gateway.vpcId = vpcId;
      return {};
    },
  };
}

/** Detaches a gateway whose VPC has no public address in use any more. */
export function detachInternetGateway(ec2: Ec2): Operation<DetachInternetGatewayRequest, object> {
  return {
    resources: ({ InternetGatewayId, VpcId }, call) => [
      existing(ec2, call, { type: 'internet-gateway', id: InternetGatewayId }),
      existing(ec2, call, { type: 'vpc', id: VpcId }),
    ],
    run({ InternetGatewayId, VpcId }, call) {
      const region = ec2.region(call.region);
      const gateway = find(region.gateways, 'gateway', InternetGatewayId);
      const { vpcId } = find(region.vpcs, 'vpc', VpcId);
      if (gateway.vpcId !== vpcId) {
        throw new AwsError(
          'Gateway.NotAttached',
          `resource ${gateway.internetGatewayId} is not attached to network ${vpcId}`,
        );
      }
      const mapped = [...region.interfaces.values()].some(
        ({ subnet, publicAddress }) => subnet.vpcId === vpcId && publicAddress,
      );
      if (mapped) {
        throw new AwsError(
          'DependencyViolation',
          `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
        );
      }
      gateway.vpcId = undefined;
      return {};
    },
  };
}
