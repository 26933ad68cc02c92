import type { TargetPlace } from '../servers/target-place.ts';
import type { PreflightFinding } from './finding.ts';

/** The network interface that has the address of a server. */
export interface SeenInterface {
  id: string;
  groupIds: string[];
  instanceId?: string;
}

/** Which port a person has to open to the load balancer, and to whom: of a server nothing is ours to open. */
export function openingFinding(
  { label, vpcId, subnetId }: TargetPlace,
  {
    port,
    group,
    blocks,
    found,
  }: { port: number; group: string; blocks: readonly string[]; found: SeenInterface | undefined },
): PreflightFinding {
  const from = `the security group "${group}" of the load balancer`;
  if (subnetId === undefined) {
    const message = `Nameplate opens nothing on ${label}: allow TCP ${port} from ${blocks.join(', ')} in its firewall, the subnets of the load balancer. A security group is not known outside the VPC`;
    return { severity: 'info', check: 'openToLoadBalancer', message };
  }
  if (!found) {
    const message = `No network interface in "${vpcId}" has the address of ${label}: check the address. Where it is right, allow TCP ${port} from ${from} there`;
    return { severity: 'warning', check: 'serverNotFound', message };
  }
  const { id, groupIds, instanceId } = found;
  const own =
    instanceId === undefined
      ? ''
      : `. Or declare the instance "${instanceId}", whose address it is, as the origin: then that rule is added and removed with the site`;
  const message = `Nameplate opens nothing on ${label}: allow TCP ${port} from ${from} in a security group of its network interface "${id}" (${groupIds.join(', ')})${own}`;
  return { severity: 'info', check: 'openToLoadBalancer', message };
}
