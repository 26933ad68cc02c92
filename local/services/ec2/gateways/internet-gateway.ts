import type { InternetGateway as ShownGateway } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../ec2.ts';
import type { Region } from '../region.ts';

export interface InternetGateway {
  internetGatewayId: string;
  /** The VPC that it is attached to. */
  vpcId: string | undefined;
}

/** The gateway that is attached to the VPC. */
export const gatewayOf = (region: Region, vpcId: string): InternetGateway | undefined =>
  [...region.gateways.values()].find((gateway) => gateway.vpcId === vpcId);

/** As DescribeInternetGateways shows it. */
export function shownGateway(ec2: Ec2, region: Region, gateway: InternetGateway): ShownGateway {
  return {
    InternetGatewayId: gateway.internetGatewayId,
    OwnerId: ec2.host.account,
    Attachments: gateway.vpcId ? [{ VpcId: gateway.vpcId, State: 'available' as never }] : [],
    Tags: region.tags.shown(gateway.internetGatewayId),
  };
}
