import type { FieldError } from '../problems/problem.ts';
import type { Instance, Subnet } from '../servers/instance.ts';
import type { Site } from '../sites/site.ts';

/** Other subnets than those that the load balancer stands in. It would be without an answer while it moves. */
export function movesSubnets({ domain, subnets }: Site, standsIn: readonly string[]): FieldError | undefined {
  const same = !subnets || (subnets.length === standsIn.length && subnets.every((id) => standsIn.includes(id)));
  if (same) return undefined;
  const list = standsIn.map((id) => `"${id}"`).join(', ');
  const detail = `Cannot move the load balancer of "${domain}" to other subnets: it stands in ${list}; give these, or none. To move it, undo the site and declare it again`;
  return { pointer: '#/subnets', detail };
}

/** Why a load balancer that stands can't send requests to an instance; empty when it can. */
export function outOfReach(found: readonly Subnet[], instance: Instance): FieldError[] {
  const detail = otherVpc(found, instance) ?? otherZones(found, instance);
  return detail === undefined ? [] : [{ pointer: '#/origin/instance/id', detail }];
}

const ELSE = 'or undo the site and declare it again';

function otherVpc(found: readonly Subnet[], { id, vpcId }: Instance): string | undefined {
  const elsewhere = found.find((subnet) => subnet.vpcId !== vpcId);
  if (!elsewhere) return undefined;
  return `Cannot use the instance "${id}": it is in "${vpcId}", and the site's load balancer in "${elsewhere.vpcId}"; give an instance of that VPC, ${ELSE}`;
}

function otherZones(found: readonly Subnet[], { id, zone }: Instance): string | undefined {
  if (found.some((subnet) => subnet.zone === zone)) return undefined;
  const zones = [...new Set(found.map((subnet) => subnet.zone))].sort().join(', ');
  return `Cannot use the instance "${id}": it is in "${zone}", and the site's load balancer stands in ${zones}; give an instance there, ${ELSE}`;
}
