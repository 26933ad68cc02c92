import type { Draws } from '../../draws/draws.ts';
import { AwsError } from '../../wire/service.ts';

/** What EC2 says of a kind of thing that it can't find or read the id of. */
interface Kind {
  prefix: string;
  notFound: string;
  malformed: string;
  /** As in "The vpc ID 'vpc-1' does not exist". */
  noun: string;
  /** As in a TagSpecification: "internet-gateway". */
  resourceType: string;
}

// Source: EC2 API reference, "Error codes for the Amazon EC2 API"; checked 2026-11-22.
const KINDS = {
  vpc: kind('vpc', 'InvalidVpcID.NotFound', 'InvalidVpcId.Malformed', 'vpc ID', 'vpc'),
  subnet: kind('subnet', 'InvalidSubnetID.NotFound', 'InvalidSubnetId.Malformed', 'subnet ID', 'subnet'),
  gateway: kind(
    'igw',
    'InvalidInternetGatewayID.NotFound',
    'InvalidInternetGatewayId.Malformed',
    'internetGateway ID',
    'internet-gateway',
  ),
  vpnGateway: kind(
    'vgw',
    'InvalidVpnGatewayID.NotFound',
    'InvalidVpnGatewayId.Malformed',
    'vpnGateway ID',
    'vpn-gateway',
  ),
  routeTable: kind(
    'rtb',
    'InvalidRouteTableID.NotFound',
    'InvalidRouteTableId.Malformed',
    'routeTable ID',
    'route-table',
  ),
  networkAcl: kind(
    'acl',
    'InvalidNetworkAclID.NotFound',
    'InvalidNetworkAclId.Malformed',
    'networkAcl ID',
    'network-acl',
  ),
  group: kind('sg', 'InvalidGroup.NotFound', 'InvalidGroupId.Malformed', 'security group', 'security-group'),
  rule: kind(
    'sgr',
    'InvalidSecurityGroupRuleId.NotFound',
    'InvalidSecurityGroupRuleId.Malformed',
    'security group rule ID',
    'security-group-rule',
  ),
  instance: kind('i', 'InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed', 'instance ID', 'instance'),
  interface: kind(
    'eni',
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidNetworkInterfaceId.Malformed',
    'networkInterface ID',
    'network-interface',
  ),
  volume: kind('vol', 'InvalidVolume.NotFound', 'InvalidVolumeID.Malformed', 'volume', 'volume'),
  keyPair: kind('key', 'InvalidKeyPair.NotFound', 'InvalidKeyPair.Malformed', 'key pair', 'key-pair'),
  prefixList: kind(
    'pl',
    'InvalidPrefixListID.NotFound',
    'InvalidPrefixListId.Malformed',
    'prefix list ID',
    'prefix-list',
  ),
  address: kind(
    'eipalloc',
    'InvalidAllocationID.NotFound',
    'InvalidAllocationID.Malformed',
    'allocation ID',
    'elastic-ip',
  ),
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

/** A new id of the kind: "vpc-0f2c…", 17 hexadecimal digits as AWS makes them. */
export const newId = (draws: Draws, prefix: string): string => `${prefix}-${draws.hex(`ec2:${prefix}`, 17)}`;

/** A new id of that kind of thing. */
export const newIdOf = (draws: Draws, name: KindName): string => newId(draws, KINDS[name].prefix);

/** "internet-gateway" for the kind "gateway". */
export const resourceTypeOf = (name: KindName): string => KINDS[name].resourceType;

/** The kind whose ids start like `id`. */
export function kindOf(id: string): KindName | undefined {
  const prefix = id.slice(0, id.lastIndexOf('-'));
  return (Object.keys(KINDS) as KindName[]).find((name) => KINDS[name].prefix === prefix);
}

/** The thing of that id. Throws AWS's error when the id is malformed or nothing has it. */
export function find<T>(things: ReadonlyMap<string, T>, name: KindName, id: string | undefined): T {
  checkId(name, id);
  const thing = things.get(id);
  if (thing === undefined) throw notFound(name, id);
  return thing;
}

/** Throws unless that is an id of the kind. */
export function checkId(name: KindName, id: string | undefined): asserts id is string {
  const { prefix, malformed } = KINDS[name];
  if (id === undefined) throw new AwsError('MissingParameter', `The request must contain the parameter ${prefix}Id`);
  if (!isIdWith(prefix, id)) throw new AwsError(malformed, `Invalid id: "${id}" (expecting "${prefix}-...")`);
}

/** Old ids have 8 digits, new ones 17. */
export const isIdWith = (prefix: string, id: string): boolean =>
  new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(id);

/** AWS's error for ids that nothing has: one for all of them. */
export function notFound(name: KindName, ...ids: string[]): AwsError {
  const { noun, notFound: code } = KINDS[name];
  const quoted = ids.join(', ');
  return new AwsError(
    code,
    `The ${noun}${ids.length > 1 ? 's' : ''} '${quoted}' do${ids.length > 1 ? '' : 'es'} not exist`,
  );
}

function kind(prefix: string, notFound: string, malformed: string, noun: string, resourceType: string): Kind {
  return { prefix, notFound, malformed, noun, resourceType };
}
