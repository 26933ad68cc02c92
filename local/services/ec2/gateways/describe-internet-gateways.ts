import type { DescribeInternetGatewaysRequest, DescribeInternetGatewaysResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { find } from '../ids.ts';
import { page } from '../paging.ts';
import { type InternetGateway, shownGateway } from './internet-gateway.ts';

/** Describes the internet gateways of the region. */
export function describeInternetGateways(
  ec2: Ec2,
): Operation<DescribeInternetGatewaysRequest, DescribeInternetGatewaysResult> {
  const fields: Record<string, Field<InternetGateway>> = {
    'attachment.state': ({ vpcId }) => (vpcId ? 'available' : undefined),
    'attachment.vpc-id': ({ vpcId }) => vpcId,
    'internet-gateway-id': ({ internetGatewayId }) => internetGatewayId,
    'owner-id': () => ec2.host.account,
  };
  return {
    run({ InternetGatewayIds, Filters, MaxResults, NextToken }, call) {
      const region = ec2.region(call.region);
      const gateways = InternetGatewayIds?.length
        ? InternetGatewayIds.map((id) => find(region.gateways, 'gateway', id))
        : region.gateways.values();
      const found = filtered(gateways, Filters, {
        fields,
        tags: ({ internetGatewayId }) => region.tags.of(internetGatewayId),
      });
      const { items, ...next } = page(found, {
        MaxResults,
        NextToken,
        ids: InternetGatewayIds,
        idsName: 'internetGatewayIds',
      });
      return { InternetGateways: items.map((gateway) => shownGateway(ec2, region, gateway)), ...next };
    },
  };
}
