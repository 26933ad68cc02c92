import { type AclRule, barrier, type NetworkAcl, type Passage } from '../load-balancers/network-acl.ts';
import type { Subnet } from '../servers/instance.ts';
import type { TargetPlace } from '../servers/target-place.ts';
import { contains } from '../sites/cidr.ts';
import type { PreflightFinding } from './finding.ts';

/** Where a load balancer's answers come in. Source: Amazon VPC User Guide, "Ephemeral ports", checked 2026-11-22. */
const EPHEMERAL = { from: 1_024, to: 65_535 };

const HTTPS = { from: 443, to: 443 };

/** The number of the rule that every network ACL ends with. Source: the same, "Network ACL rules". */
const LAST_RULE = 32_767;

interface Way {
  target: TargetPlace;
  port: number;
  /** The load balancer's. */
  subnets: readonly Subnet[];
  /** Of the VPC. */
  acls: readonly NetworkAcl[];
  /** The blocks that viewers come from. */
  access: readonly string[];
}

/**
 * Whether viewers reach the load balancer's subnets, and these the target on its port: routes, and network ACLs in both
 * directions. Security groups of instances are ours to open.
 */
export function reachFindings({ target, port, subnets, acls, access }: Way): PreflightFinding[] {
  const found = subnets.flatMap((subnet) => {
    const shut = viewerFindings(subnet, { acls, access });
    if (subnet.cidr === '' || target.privateAddress === '') return [...shut, noAddress(subnet, target)];
    return [...shut, ...routeFindings(subnet, target), ...aclFindings(subnet, { target, port, acls })];
  });
  if (found.length > 0) return found;
  const ids = subnets.map(({ id }) => id).join(', ');
  const message = `No route and no network ACL stands between ${ids} and port ${port} of ${target.label}`;
  if (target.kind !== 'instance') return [{ severity: 'info', check: 'serverReachable', message }];
  const opened = `${message}; its security group lets the load balancer in once that is made`;
  return [{ severity: 'info', check: 'instanceReachable', message: opened }];
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

function noAddress({ id }: Subnet, { label }: TargetPlace): PreflightFinding {
  const message = `Cannot tell whether the load balancer's subnet "${id}" reaches ${label}: one of them has no IPv4 address. A load balancer reaches its targets over IPv4 only`;
  return { severity: 'warning', check: 'reachNotChecked', message };
}

function routeFindings({ id, routes }: Subnet, { label, privateAddress, subnetId }: TargetPlace): PreflightFinding[] {
  const here = routes.filter(({ cidr }) => contains(cidr, `${privateAddress}/32`));
  const [route] = here.toSorted((one, other) => lengthOf(other.cidr) - lengthOf(one.cidr));
  if (subnetId === undefined && (!route || leadsToInternet(route))) {
    const way = route ? `leads to "${route.target}", which drops private addresses` : 'has no route to it';
    // A route by a prefix list is not read: it may cover the address.
    const message = `Cannot see a way to ${label} from the load balancer: the route table of its subnet "${id}" ${way}. Add a route for the network of ${label} to what connects it (a VPN, transit or peering connection), unless a prefix list there covers it`;
    return [{ severity: 'warning', check: 'routeLeadsNowhere', message }];
  }
  if (!route || route.target === 'local') return [];
  const where = `The route ${route.cidr} of the subnet "${id}" leads to "${route.target}"`;
  if (route.blackhole) {
    const message = `Cannot reach ${label} from the load balancer: ${where}, which is gone. Remove that route`;
    return [{ severity: 'error', check: 'routeLeadsNowhere', message }];
  }
  const message = `${where}, and not straight to ${label}; see to it that this lets the load balancer through, both ways`;
  // What is outside the VPC has no other way.
  return [{ severity: subnetId === undefined ? 'info' : 'warning', check: 'routeLeadsElsewhere', message }];
}

const leadsToInternet = ({ target }: { target: string }): boolean => /^(igw|nat)-/.test(target);

const lengthOf = (cidr: string): number => Number(cidr.split('/')[1]);

interface Crossing extends Passage {
  /** Whose network ACL is asked. */
  subnetId: string;
}

function aclFindings(
  subnet: Subnet,
  { target, port, acls }: Pick<Way, 'target' | 'port' | 'acls'>,
): PreflightFinding[] {
  // What stays inside a subnet passes no network ACL.
  if (subnet.id === target.subnetId) return [];
  const [near, far] = [subnet.id, target.subnetId];
  const [balancer, peer] = [subnet.cidr, `${target.privateAddress}/32`];
  const request = { from: port, to: port };
  const crossings: Crossing[] = [
    { subnetId: near, egress: true, peer, ports: request },
    ...(far === undefined
      ? []
      : [
          { subnetId: far, egress: false, peer: balancer, ports: request },
          { subnetId: far, egress: true, peer: balancer, ports: EPHEMERAL },
        ]),
    { subnetId: near, egress: false, peer, ports: EPHEMERAL },
  ];
  return crossings.flatMap((crossing) => aclFinding(crossing, { subnet, target, port, acls }));
}

function aclFinding(
  crossing: Crossing,
  { subnet, target, port, acls }: Pick<Way, 'target' | 'port' | 'acls'> & { subnet: Subnet },
): PreflightFinding[] {
  const acl = acls.find(({ subnetIds }) => subnetIds.includes(crossing.subnetId));
  const found = acl ? barrier(acl.rules, crossing) : 'unsure';
  if (found === undefined) return [];
  const way = `port ${port} of ${target.label} from the load balancer's subnet "${subnet.id}"`;
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
