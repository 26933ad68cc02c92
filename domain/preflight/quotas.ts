import type { Change } from '../changes/change.ts';
import type { SeenEdge, SeenZone } from '../changes/world.ts';
import { MAX_CERTIFICATE_NAMES } from '../sites/site-checks.ts';
import { longestMatch } from '../zones/longest-match.ts';
import type { PreflightFinding } from './finding.ts';

/** What an account may have unless AWS has granted it more. Sources: each service's page of quotas, checked 2026-11-22. */
const ALLOWED = {
  /** ACM User Guide, "Quotas": requested in the last 365 days; certificates deleted since count too. */
  certificatesPerYear: 5_000,
  /** The same: held at a time, expired ones included. */
  certificates: 2_500,
  /** ELB User Guide, "Quotas for your Application Load Balancers": in a region. */
  loadBalancers: 50,
  /** The same: of one load balancer. */
  listeners: 50,
  /** The same: 25 of one load balancer besides the default one of a listener (failures L3). */
  certificatesPerLoadBalancer: 26,
  /** The same: in a region. */
  targetGroups: 3_000,
  /** Amazon VPC quotas, "Inbound or outbound rules per security group": inbound, for IPv4 (failures L11). */
  rulesPerGroup: 60,
  /** Amazon VPC quotas, "Elastic IP addresses per Region". */
  elasticAddresses: 5,
  /** Route 53 Developer Guide, "Quotas": public and private together. */
  zones: 500,
  /** The same: in one zone. */
  records: 10_000,
} as const;

/** A limit of the account that the site touches: it binds when `used` and `needs` are more than `allowed`. */
export interface Quota {
  quota: string;
  used: number;
  allowed: number;
  needs: number;
}

/** What the account has of each today. */
export interface Usage {
  certificates: number;
  targetGroups: number;
  /** Of the group of the instance that lets the load balancer in, or will. */
  rulesOfWayIn: number;
  certificatesRequestedThisYear: number;
  loadBalancers: number;
  elasticAddresses: number;
  /** Public and private. */
  zones: number;
}

/** The quotas that the changes touch, with what they need of each. Those that nothing is needed of are left out. */
export function quotas(
  changes: readonly Change[],
  {
    usage,
    zones,
    edge,
    certificateNames,
  }: { usage: Usage; zones: readonly SeenZone[]; edge?: SeenEdge | undefined; certificateNames: number },
): Quota[] {
  const needed = (type: string) =>
    changes.filter(({ verb, target }) => verb === 'create' && target.type === type).length;
  const { certificatesRequestedThisYear, loadBalancers, elasticAddresses } = usage;
  const listeners = edge?.listeners ?? [];
  const secured = listeners.filter(({ certificateArn }) => certificateArn !== undefined).length;
  const wayIn = edge?.wayIn.open ? 0 : 1;
  const all: Quota[] = [
    {
      quota: 'names on one certificate',
      used: 0,
      allowed: MAX_CERTIFICATE_NAMES,
      needs: needed('certificate') * certificateNames,
    },
    {
      quota: 'certificates requested in 365 days',
      used: certificatesRequestedThisYear,
      allowed: ALLOWED.certificatesPerYear,
      needs: needed('certificate'),
    },
    { quota: 'certificates', used: usage.certificates, allowed: ALLOWED.certificates, needs: needed('certificate') },
    { quota: 'load balancers', used: loadBalancers, allowed: ALLOWED.loadBalancers, needs: needed('load balancer') },
    {
      quota: 'listeners of the load balancer',
      used: listeners.length,
      allowed: ALLOWED.listeners,
      needs: needed('listener'),
    },
    {
      quota: 'certificates of the load balancer',
      used: secured,
      allowed: ALLOWED.certificatesPerLoadBalancer,
      needs: edge && !listeners.some(({ port }) => port === 443) ? 1 : 0,
    },
    { quota: 'target groups', used: usage.targetGroups, allowed: ALLOWED.targetGroups, needs: needed('target group') },
    {
      quota: `rules of the security group "${edge?.wayIn.groupId ?? ''}"`,
      used: usage.rulesOfWayIn,
      allowed: ALLOWED.rulesPerGroup,
      needs: edge?.wayIn.groupId === undefined ? 0 : wayIn,
    },
    {
      quota: 'elastic addresses',
      used: elasticAddresses,
      allowed: ALLOWED.elasticAddresses,
      needs: needed('elastic address'),
    },
    { quota: 'hosted zones', used: usage.zones, allowed: ALLOWED.zones, needs: needed('hosted zone') },
    ...zones.map((zone) => recordQuota(zone, { zones, changes })),
  ];
  return all.filter(({ needs }) => needs > 0);
}

/** NS and SOA are in a new zone from the start. */
const SETS_OF_A_NEW_ZONE = 2;

function recordQuota(
  zone: SeenZone,
  { zones, changes }: { zones: readonly SeenZone[]; changes: readonly Change[] },
): Quota {
  const known = zones.map(({ name }) => ({ id: name, name }));
  const needs = changes.filter(
    ({ verb, target }) =>
      verb === 'create' &&
      (target.type === 'record' || target.type === 'validation record') &&
      longestMatch(target.name.split(' ')[0] ?? '', known)?.name === zone.name,
  ).length;
  const used = zone.kind === 'standing' ? zone.recordCount : SETS_OF_A_NEW_ZONE;
  return { quota: `records in "${zone.name}"`, used, allowed: ALLOWED.records, needs };
}

/** A finding for every quota that would be exceeded: asked for more now, it doesn't stop the site halfway. */
export function quotaFindings(found: readonly Quota[]): PreflightFinding[] {
  return found
    .filter(({ used, needs, allowed }) => used + needs > allowed)
    .map(({ quota, used, needs, allowed }) => ({
      severity: 'error',
      check: 'quotaReached',
      message: `Cannot make ${needs} more: the quota of ${quota} is ${allowed} by default and ${used} are used. Unless AWS has granted you more, free what is unused or ask for more in Service Quotas`,
    }));
}
