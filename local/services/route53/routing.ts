import type { ResourceRecordSet } from '@aws-sdk/client-route-53';

export type Routing =
  | 'simple'
  | 'weighted'
  | 'latency'
  | 'failover'
  | 'geolocation'
  | 'multivalue'
  | 'geoproximity'
  | 'cidr';

/** The members that choose a routing policy, in the order error messages list them. */
const MEMBERS = [
  ['Weight', 'weighted'],
  ['Region', 'latency'],
  ['Failover', 'failover'],
  ['GeoLocation', 'geolocation'],
  ['MultiValueAnswer', 'multivalue'],
  ['GeoProximityLocation', 'geoproximity'],
  ['CidrRoutingConfig', 'cidr'],
] as const;

/** The routing policies that a set's members choose; a well-formed set has one at most. */
export function routingsOf(set: ResourceRecordSet): Routing[] {
  return MEMBERS.flatMap(([member, routing]) => {
    const value = set[member];
    return value === undefined || value === false ? [] : [routing];
  });
}

/** The routing policy of a well-formed set. */
export function routingOf(set: ResourceRecordSet): Routing {
  return routingsOf(set)[0] ?? 'simple';
}

/** "[Weight, Region, …, or CidrRoutingConfig]", as error messages have it. */
export const ROUTING_MEMBERS = `[${MEMBERS.slice(0, -1)
  .map(([member]) => member)
  .join(', ')}, or ${MEMBERS.at(-1)?.[0]}]`;
