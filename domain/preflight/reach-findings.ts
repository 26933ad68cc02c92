import { type AclRule, barrier, type NetworkAcl, type Passage } from '../load-balancers/network-acl.ts';
import type { Instance, Subnet } from '../servers/instance.ts';
import { contains } from '../sites/cidr.ts';
import type { PreflightFinding } from './finding.ts';

/** Where a load balancer's answers come in. Source: Amazon VPC User Guide, "Ephemeral ports", checked 2026-11-22. */
const EPHEMERAL = { from: 1_024, to: 65_535 };

const HTTPS = { from: 443, to: 443 };

/** The number of the rule that every network ACL ends with. Source: the same, "Network ACL rules". */
const LAST_RULE = 32_767;

interface Way {
  instance: Instance;
  port: number;
  /** The load balancer's. */
  subnets: readonly Subnet[];
  /** Of the VPC. */
  acls: readonly NetworkAcl[];
  /** The blocks that viewers come from. */
  access: readonly string[];
}

/**
 * Whether viewers reach the load balancer's subnets, and these the instance on its port: routes, and network ACLs in both
 * directions. The security groups are ours to open.
 */
export function reachFindings({ instance, port, subnets, acls, access }: Way): PreflightFinding[] {
  const found = subnets.flatMap((subnet) => {
    const shut = viewerFindings(subnet, { acls, access });
    if (subnet.cidr === '' || instance.privateAddress === '') return [...shut, noAddress(subnet, instance)];
    return [...shut, ...routeFindings(subnet, instance), ...aclFindings(subnet, { instance, port, acls })];
  });
  if (found.length > 0) return found;
  const ids = subnets.map(({ id }) => id).join(', ');
  const message = `No route and no network ACL stands between ${ids} and port ${port} of the instance "${instance.id}"; its security group lets the load balancer in once that is made`;
  return [{ severity: 'info', check: 'instanceReachable', message }];
}

/** A rule about a part of the viewers is intended; one that shuts all of a block out is a mistake here. */
function viewerFindings(subnet: Subnet, { acls, access }: Pick<Way, 'acls' | 'access'>): PreflightFinding[] {
  const acl = acls.find(({ subnetIds }) => subnetIds.includes(subnet.id));
  return access
    .filter((peer) => !peer.includes(':'))
    .flatMap((peer): Passage[] => [
      { egress: false, peer, ports: HTTPS },
      { egress: true, peer, ports: EPHEMERAL },
    ])
    .flatMap((passage): PreflightFinding[] => {
      const rule = acl && barrier(acl.rules, passage);
      if (!rule || rule === 'unsure') return [];
      const { direction, traffic } = inTraffic(passage);
      const message = `Cannot let viewers in to the load balancer's subnet "${subnet.id}": ${inWords(rule, direction)} of the network ACL "${acl.id}" denies ${traffic}. Add an ${direction} rule with a lower number that allows it`;
      return [{ severity: 'error', check: 'networkAclShutsViewersOut', message }];
    });
}

/** "inbound", "TCP 80 from 10.0.1.0/24" */
function inTraffic({ egress, peer, ports }: Passage): { direction: string; traffic: string } {
  const [direction, preposition] = egress ? ['outbound', 'to'] : ['inbound', 'from'];
  const range = ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`;
  return { direction, traffic: `TCP ${range} ${preposition} ${peer}` };
}

function noAddress({ id }: Subnet, instance: Instance): PreflightFinding {
  const message = `Cannot tell whether the load balancer's subnet "${id}" reaches the instance "${instance.id}": one of them has no IPv4 address. A load balancer reaches its instances over IPv4 only`;
  return { severity: 'warning', check: 'reachNotChecked', message };
}

function routeFindings({ id, routes }: Subnet, instance: Instance): PreflightFinding[] {
  const here = routes.filter(({ cidr }) => contains(cidr, `${instance.privateAddress}/32`));
  const [route] = here.toSorted((one, other) => lengthOf(other.cidr) - lengthOf(one.cidr));
  if (!route || route.target === 'local') return [];
  const where = `The route ${route.cidr} of the subnet "${id}" leads to "${route.target}"`;
  if (route.blackhole) {
    const message = `Cannot reach the instance "${instance.id}" from the load balancer: ${where}, which is gone. Remove that route`;
    return [{ severity: 'error', check: 'routeLeadsNowhere', message }];
  }
  const message = `${where}, and not straight to the instance "${instance.id}"; see to it that this lets the load balancer through, both ways`;
  return [{ severity: 'warning', check: 'routeLeadsElsewhere', message }];
}

const lengthOf = (cidr: string): number => Number(cidr.split('/')[1]);

interface Crossing extends Passage {
  /** Whose network ACL is asked. */
  subnetId: string;
}

function aclFindings(
  subnet: Subnet,
  { instance, port, acls }: Pick<Way, 'instance' | 'port' | 'acls'>,
): PreflightFinding[] {
  // What stays inside a subnet passes no network ACL.
  if (subnet.id === instance.subnetId) return [];
  const [near, far] = [subnet.id, instance.subnetId];
  const [balancer, target] = [subnet.cidr, `${instance.privateAddress}/32`];
  const request = { from: port, to: port };
  const crossings: Crossing[] = [
    { subnetId: near, egress: true, peer: target, ports: request },
    { subnetId: far, egress: false, peer: balancer, ports: request },
    { subnetId: far, egress: true, peer: balancer, ports: EPHEMERAL },
    { subnetId: near, egress: false, peer: target, ports: EPHEMERAL },
  ];
  return crossings.flatMap((crossing) => aclFinding(crossing, { subnet, instance, port, acls }));
}

function aclFinding(
  crossing: Crossing,
  { subnet, instance, port, acls }: Pick<Way, 'instance' | 'port' | 'acls'> & { subnet: Subnet },
): PreflightFinding[] {
  const acl = acls.find(({ subnetIds }) => subnetIds.includes(crossing.subnetId));
  const found = acl ? barrier(acl.rules, crossing) : 'unsure';
  if (found === undefined) return [];
  const way = `port ${port} of the instance "${instance.id}" from the load balancer's subnet "${subnet.id}"`;
  const { direction, traffic } = inTraffic(crossing);
  if (!acl || found === 'unsure') {
    const which = acl ? `network ACL "${acl.id}"` : 'network ACL';
    const message = `Cannot tell whether one reaches ${way}: look whether the ${which} of "${crossing.subnetId}" allows ${direction} ${traffic}`;
    return [{ severity: 'warning', check: 'reachNotChecked', message }];
  }
  const message = `Cannot reach ${way}: ${inWords(found, direction)} of the network ACL "${acl.id}" denies ${traffic}. Add an ${direction} rule with a lower number that allows it`;
  return [{ severity: 'error', check: 'networkAclBlocks', message }];
}

function inWords({ number }: AclRule, direction: string): string {
  return number === LAST_RULE ? `the last ${direction} rule` : `the ${direction} rule ${number}`;
}
