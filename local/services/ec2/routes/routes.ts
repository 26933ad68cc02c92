import type { CreateRouteRequest, CreateRouteResult, DeleteRouteRequest } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { type Cidr, parseCidr } from '../cidr.ts';
import type { Ec2 } from '../ec2.ts';
import { find, isIdWith } from '../ids.ts';
import { refuse } from '../not-here.ts';
import { existing } from '../permissions.ts';
import type { RouteTable } from './route-table.ts';

const OTHER_TARGETS = [
  'CarrierGatewayId',
  'CoreNetworkArn',
  'DestinationPrefixListId',
  'EgressOnlyInternetGatewayId',
  'InstanceId',
  'LocalGatewayId',
  'NatGatewayId',
  'NetworkInterfaceId',
  'TransitGatewayId',
  'VpcEndpointId',
  'VpcPeeringConnectionId',
];

/** Adds a way out to the internet, or to networks elsewhere, through a gateway of the table's VPC. */
export function createRoute(ec2: Ec2): Operation<CreateRouteRequest, CreateRouteResult> {
  return {
    resources: ({ RouteTableId }, call) => [existing(ec2, call, { type: 'route-table', id: RouteTableId })],
    run(input, call) {
      refuse(input, OTHER_TARGETS);
      const region = ec2.region(call.region);
      const table = find(region.routeTables, 'routeTable', input.RouteTableId);
      const destination = destinationOf(input);
      const gatewayId = input.GatewayId ?? '';
      const gateway = isIdWith('vgw', gatewayId)
        ? region.vpnGateways.get(gatewayId)
        : isIdWith('igw', gatewayId) && region.gateways.get(gatewayId);
      if (!gateway) throw new AwsError('InvalidGatewayID.NotFound', `The gateway ID '${gatewayId}' does not exist`);
      if (gateway.vpcId !== table.vpcId) {
        throw new AwsError(
          'InvalidParameterValue',
          `route table ${table.routeTableId} and network gateway ${gatewayId} belong to different networks`,
        );
      }
      const known = routeTo(table, destination);
      if (known && known.target !== gatewayId) {
        throw new AwsError('RouteAlreadyExists', `The route identified by ${destination.text} already exists.`);
      }
      if (!known) table.routes.push({ destination, target: gatewayId, origin: 'CreateRoute' });
      return { Return: true };
    },
  };
}

/** Deletes a route; never the local one. */
export function deleteRoute(ec2: Ec2): Operation<DeleteRouteRequest, object> {
  return {
    resources: ({ RouteTableId }, call) => [existing(ec2, call, { type: 'route-table', id: RouteTableId })],
    run(input, call) {
      const table = find(ec2.region(call.region).routeTables, 'routeTable', input.RouteTableId);
      const destination = destinationOf(input);
      const route = routeTo(table, destination);
      if (!route) {
        throw new AwsError(
          'InvalidRoute.NotFound',
          `no route with destination-cidr-block ${destination.text} in route table ${table.routeTableId}`,
        );
      }
      if (route.target === 'local') {
        throw new AwsError(
          'InvalidParameterValue',
          `cannot remove local route ${destination.text} in route table ${table.routeTableId}`,
        );
      }
      table.routes = table.routes.filter((other) => other !== route);
      return {};
    },
  };
}

const routeTo = ({ routes }: RouteTable, { text }: Cidr) => routes.find(({ destination }) => destination.text === text);

function destinationOf({
  DestinationCidrBlock,
  DestinationIpv6CidrBlock,
}: Pick<CreateRouteRequest, 'DestinationCidrBlock' | 'DestinationIpv6CidrBlock'>): Cidr {
  const text = DestinationCidrBlock ?? DestinationIpv6CidrBlock;
  if (text === undefined) {
    throw new AwsError(
      'MissingParameter',
      'The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId',
    );
  }
  const cidr = parseCidr(text);
  if (cidr?.family !== (DestinationCidrBlock === undefined ? 6 : 4)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${text}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
    );
  }
  return cidr;
}
