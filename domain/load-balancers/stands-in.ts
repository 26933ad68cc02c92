import type { FieldError } from '../problems/problem.ts';
import type { Subnet } from '../servers/instance.ts';
import type { TargetPlace } from '../servers/target-place.ts';
import type { Site } from '../sites/site.ts';

/** Where the load balancer of a site stands. */
export interface Place {
  subnets: readonly string[];
  /** The request that takes the site back: nothing else moves its load balancer. */
  takeBack: string;
}

/** Other subnets than those that the load balancer stands in. It would be without an answer while it moves. */
export function movesSubnets(
  { domain, subnets }: Site,
  { subnets: standsIn, takeBack }: Place,
): FieldError | undefined {
  const same = !subnets || (subnets.length === standsIn.length && subnets.every((id) => standsIn.includes(id)));
  if (same) return undefined;
  const list = standsIn.map((id) => `"${id}"`).join(', ');
  const detail = `Cannot move the load balancer of "${domain}" to other subnets: it stands in ${list}; give these, or none. To move it, take the site back (${takeBack}) and declare it again`;
  return { pointer: '#/subnets', detail };
}

/** Why a load balancer that exists cannot send requests to a target; empty when it can. */
export function outOfReach(
  found: readonly Subnet[],
  target: TargetPlace,
  { takeBack }: Pick<Place, 'takeBack'>,
): FieldError[] {
  const why = otherVpc(found, target) ?? otherZones(found, target);
  const detail = why && `${why}, or take the site back (${takeBack}) and declare it again`;
  return detail === undefined ? [] : [{ pointer: target.pointer, detail }];
}

function otherVpc(found: readonly Subnet[], { label, kind, vpcId }: TargetPlace): string | undefined {
  const elsewhere = found.find((subnet) => subnet.vpcId !== vpcId);
  if (!elsewhere) return undefined;
  return `Cannot use ${label}: it is in "${vpcId}", and the site's load balancer in "${elsewhere.vpcId}"; give ${kind === 'instance' ? 'an' : 'a'} ${kind} of that VPC`;
}

function otherZones(found: readonly Subnet[], { label, kind, zone }: TargetPlace): string | undefined {
  if (zone === undefined || found.some((subnet) => subnet.zone === zone)) return undefined;
  const zones = [...new Set(found.map((subnet) => subnet.zone))].sort().join(', ');
  return `Cannot use ${label}: it is in "${zone}", and the site's load balancer stands in ${zones}; give ${kind === 'instance' ? 'an' : 'a'} ${kind} there`;
}
