import { edgeOf, recordsOf } from '../edges/edge.ts';
import { pointer } from '../problems/pointer.ts';
import type { FieldError } from '../problems/problem.ts';
import type { Instance, Subnet } from '../servers/instance.ts';
import type { TargetPlace } from '../servers/target-place.ts';
import { addressTypes } from '../sites/address-types.ts';
import type { Site } from '../sites/site.ts';

/** Zones that an application load balancer stands in, at least. Source: ELB User Guide, "Subnets", checked 2026-11-22. */
const MIN_ZONES = 2;

/** Addresses that a load balancer needs in each subnet. Source: the same. */
const MIN_FREE_ADDRESSES = 8;

/** What is wrong with one of the subnets that were named. The first hit wins. */
const SUBNET_CHECKS: ((subnet: Subnet, among: { place: TargetPlace; others: Subnet[] }) => string | undefined)[] = [
  otherVpc,
  sameZone,
  notPublic,
  noRoom,
];

/**
 * What keeps the named subnets from carrying the load balancer (L8): the wrong VPC, one zone, two of a zone, no way in
 * from the internet, no room, or none in the zone of the target, which would get no requests then.
 */
export function subnetProblems(named: readonly string[], found: readonly Subnet[], target: TargetPlace): FieldError[] {
  const earlier: Subnet[] = [];
  const errors = named.flatMap((id, place): FieldError[] => {
    const subnet = found.find((each) => each.id === id);
    const detail = subnet
      ? SUBNET_CHECKS.map((check) => check(subnet, { place: target, others: earlier })).find(
          (text) => text !== undefined,
        )
      : `Cannot find the subnet "${id}" in this account and region; check the id`;
    if (subnet) earlier.push(subnet);
    return detail === undefined ? [] : [{ pointer: pointer(['subnets', place]), detail }];
  });
  const { zone: its, label } = target;
  if (errors.length > 0 || its === undefined || earlier.some(({ zone }) => zone === its)) return errors;
  const detail = `Cannot reach ${label} from these subnets: none is in its zone "${its}"; add one`;
  return [{ pointer: '#/subnets', detail }];
}

/**
 * The subnets that a load balancer gets when none are named: in every zone of the VPC the public one with the most free
 * addresses, in the order of the zones.
 */
export function defaultSubnets(
  subnets: readonly Subnet[],
  { vpcId, zone, kind }: TargetPlace,
): { subnets: string[]; problem?: never } | { subnets?: never; problem: FieldError } {
  const usable = subnets
    .filter((subnet) => subnet.vpcId === vpcId && subnet.public && subnet.freeAddresses >= MIN_FREE_ADDRESSES)
    .sort((one, other) => other.freeAddresses - one.freeAddresses || one.id.localeCompare(other.id));
  const chosen = new Map<string, string>();
  for (const subnet of usable) if (!chosen.has(subnet.zone)) chosen.set(subnet.zone, subnet.id);
  if (chosen.size >= MIN_ZONES && (zone === undefined || chosen.has(zone))) {
    const inOrder = [...chosen].sort(([one], [other]) => one.localeCompare(other));
    return { subnets: inOrder.map(([, id]) => id) };
  }
  const standing = chosen.size === 0 ? 'none' : [...chosen.keys()].sort().join(', ');
  const among = zone === undefined ? '' : `, "${zone}" of the ${kind} among them`;
  const otherwise = kind === 'instance' ? ', or declare edge "direct"' : '';
  const detail = `Cannot place a load balancer in "${vpcId}": it needs public subnets with ${MIN_FREE_ADDRESSES} free addresses in ${MIN_ZONES} zones${among}, and there are some in: ${standing}; make them (a route to an internet gateway makes a subnet public)${otherwise}`;
  return { problem: { pointer: '#/subnets', detail } };
}

/** What leads traffic from outside to an instance: an internet gateway, or a firewall in front of one. */
const WAYS_IN = ['igw-', 'vpce-', 'eni-'];

/** What keeps viewers from an address of the instance itself, whatever its security groups allow: no way to the internet. */
export function noInternetGateway(
  site: Site,
  { instance, subnets }: { instance: Instance; subnets: readonly Subnet[] },
): FieldError | undefined {
  const subnet = subnets.find(({ id }) => id === instance.subnetId);
  if (!recordsOf(site).some(({ to }) => to === 'origin') || !subnet) return undefined;
  if (subnet.routes.some(({ target, blackhole }) => !blackhole && WAYS_IN.some((kind) => target.startsWith(kind)))) {
    return undefined;
  }
  const isServed = edgeOf(site).servedBy === 'origin';
  const detail = `Cannot lead viewers to the instance "${instance.id}" itself: the route table of its subnet "${subnet.id}" has no route to an internet gateway. Add the route 0.0.0.0/0 to one, or ${isServed ? 'declare edge "load-balancer"' : 'leave the direct name out'}`;
  return { pointer: isServed ? '#/edge' : '#/directName', detail };
}

/** Both protocols when every subnet of the load balancer has both. */
export function addressFamilies(chosen: readonly string[], known: readonly Subnet[]): 'ipv4' | 'dualstack' {
  return chosen.every((id) => known.find((subnet) => subnet.id === id)?.ipv6) ? 'dualstack' : 'ipv4';
}

/** Why `access` leaves a load balancer in those subnets without an address to publish; undefined when it has one. */
export function accessProblem(
  access: readonly string[],
  { chosen, known }: { chosen: readonly string[]; known: readonly Subnet[] },
): FieldError | undefined {
  const reached = addressTypes({ access }).includes('A') || addressFamilies(chosen, known) === 'dualstack';
  return reached ? undefined : { pointer: '#/access', detail: noAddressForAccess(access) };
}

/** Source: ELB User Guide, "IP address types for your Application Load Balancer": dual stack or IPv4; checked 2026-11-29. */
export function noAddressForAccess(access: readonly string[]): string {
  return `Cannot let in ${access.join(', ')} only: the load balancer has no IPv6 address, since not all of its subnets have an IPv6 block and a route for it to the internet; give them both, or add an IPv4 block to the access`;
}

function otherVpc(subnet: Subnet, { place: { vpcId, kind } }: { place: TargetPlace }): string | undefined {
  if (subnet.vpcId === vpcId) return undefined;
  if (kind !== 'instance') {
    return `Cannot use the subnet "${subnet.id}": it is in "${subnet.vpcId}" and the first one in "${vpcId}"; name subnets of one VPC`;
  }
  return `Cannot use the subnet "${subnet.id}": it is in "${subnet.vpcId}" and the instance in "${vpcId}"; name a subnet of the instance's VPC`;
}

function sameZone(subnet: Subnet, { others }: { others: Subnet[] }): string | undefined {
  const other = others.find(({ zone }) => zone === subnet.zone);
  if (!other) return undefined;
  return `Cannot use the subnet "${subnet.id}": it is in "${subnet.zone}" like "${other.id}"; name one of another zone`;
}

function notPublic(subnet: Subnet): string | undefined {
  if (subnet.public) return undefined;
  return `Cannot use the subnet "${subnet.id}": its route table has no route to an internet gateway; name a public subnet`;
}

function noRoom(subnet: Subnet): string | undefined {
  if (subnet.freeAddresses >= MIN_FREE_ADDRESSES) return undefined;
  return `Cannot use the subnet "${subnet.id}": it has ${subnet.freeAddresses} free addresses and a load balancer needs ${MIN_FREE_ADDRESSES}; name a larger one`;
}
