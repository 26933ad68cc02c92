import type {
  AttachVpnGatewayRequest,
  AttachVpnGatewayResult,
  CreateVpnGatewayRequest,
  CreateVpnGatewayResult,
} from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find, newIdOf } from '../ids.ts';
import { created, existing } from '../permissions.ts';
import { tagsOnCreate } from '../tags/tag-set.ts';

/** What leads from a VPC to networks elsewhere. The tunnel behind it is no part of this EC2: addresses there answer or not. */
export interface VpnGateway {
  vpnGatewayId: string;
  /** The VPC that it is attached to. */
  vpcId: string | undefined;
}

/** Makes a VPN gateway, attached to nothing yet. */
export function createVpnGateway(ec2: Ec2): Operation<CreateVpnGatewayRequest, CreateVpnGatewayResult> {
  return {
    resources: ({ TagSpecifications }, call) => [created(call, 'vpn-gateway', TagSpecifications)],
    run({ TagSpecifications }, call) {
      const region = ec2.region(call.region);
      const tags = tagsOnCreate(TagSpecifications, 'vpnGateway');
      const vpnGatewayId = newIdOf(ec2.host.draws, 'vpnGateway');
      region.vpnGateways.set(vpnGatewayId, { vpnGatewayId, vpcId: undefined });
      region.tags.put(vpnGatewayId, tags);
      const Tags = region.tags.shown(vpnGatewayId);
      return {
        VpnGateway: { VpnGatewayId: vpnGatewayId, State: 'available', Type: 'ipsec.1', VpcAttachments: [], Tags },
      };
    },
  };
}

/** Attaches a VPN gateway to a VPC: one each. */
export function attachVpnGateway(ec2: Ec2): Operation<AttachVpnGatewayRequest, AttachVpnGatewayResult> {
  return {
    resources: ({ VpnGatewayId, VpcId }, call) => [
      existing(ec2, call, { type: 'vpn-gateway', id: VpnGatewayId }),
      existing(ec2, call, { type: 'vpc', id: VpcId }),
    ],
    run({ VpnGatewayId, VpcId }, call) {
      const region = ec2.region(call.region);
      const gateway = find(region.vpnGateways, 'vpnGateway', VpnGatewayId);
      const { vpcId } = find(region.vpcs, 'vpc', VpcId);
      if ([gateway.vpcId, ...[...region.vpnGateways.values()].map((each) => each.vpcId)].includes(vpcId)) {
        throw new AwsError('InvalidParameterValue', `Network ${vpcId} already has a VPN gateway attached`);
      }
      gateway.vpcId = vpcId;
      return { VpcAttachment: { VpcId: vpcId, State: 'attached' } };
    },
  };
}
