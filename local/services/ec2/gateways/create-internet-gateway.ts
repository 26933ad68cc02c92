import type { CreateInternetGatewayRequest, CreateInternetGatewayResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { newIdOf } from '../ids.ts';
import { created } from '../permissions.ts';
import { tagsOnCreate } from '../tags/tag-set.ts';
import { shownGateway } from './internet-gateway.ts';

/** Makes an internet gateway, attached to nothing yet. */
export function createInternetGateway(ec2: Ec2): Operation<CreateInternetGatewayRequest, CreateInternetGatewayResult> {
  return {
    resources: ({ TagSpecifications }, call) => [created(call, 'internet-gateway', TagSpecifications)],
    run({ TagSpecifications }, call) {
      const region = ec2.region(call.region);
      const tags = tagsOnCreate(TagSpecifications, 'gateway');
      const gateway = { internetGatewayId: newIdOf(ec2.host.draws, 'gateway'), vpcId: undefined };
      region.gateways.set(gateway.internetGatewayId, gateway);
      region.tags.put(gateway.internetGatewayId, tags);
      return { InternetGateway: shownGateway(ec2, region, gateway) };
    },
  };
}
