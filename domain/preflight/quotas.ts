import { CLOUDFRONT_REGION } from '../certificates/place.ts';
import { type Change, isCreated } from '../changes/change.ts';
import { recordNameOf } from '../changes/record-changes.ts';
import { weightOfList } from '../load-balancers/prefix-lists.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { MAX_CERTIFICATE_NAMES } from '../sites/site-checks.ts';
import { longestMatch } from '../zones/longest-match.ts';
import type { SeenZone } from '../zones/seen-zone.ts';
import type { PreflightFinding } from './finding.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';

/** A limit of the account that the site touches: it binds when `used` and `needs` are more than `allowed`. */
export interface Quota {
  quota: string;
  used: number;
  allowed: number;
  /** Whether AWS says so of this account; otherwise it is what AWS allows by default. */
  granted: boolean;
  needs: number;
}

/** What the account has of each today. */
export interface Usage {
  certificates: number;
  targetGroups: number;
  certificatesRequestedThisYear: number;
  /** Of CloudFront's region, where that is not the stack's own. */
  viewerCertificates?: { held: number; requestedThisYear: number };
  loadBalancers: number;
  /** Of the site's load balancer, and the certificates that they serve by default. */
  listeners: number;
  certificatesOfListeners: number;
  /** The security group of the instance that allows ingress from the load balancer, or will, and its rules. */
  ingress?: { groupId: string; rules: number };
  distributions: number;
  /** Those that show a page of ours. */
  distributionsWithPage: number;
  /** CloudFront's. */
  edgeFunctions: number;
  /** The rules of the load balancer's security group, by family, where a prefix list is among them or is to be. */
  access?: { ipv4: number; ipv6: number };
  elasticAddresses: number;
  healthChecks: number;
  /** Public and private. */
  zones: number;
}

const NAMES_ON_ONE = 'names on one certificate';
const REQUESTED = 'certificates requested in 365 days';
const FOR_VIEWERS = `in ${CLOUDFRONT_REGION}`;
const WITH_PAGE = 'distributions of one response headers policy, which all with a page share';
const ACCESS_RULES = 'rules of the security group of the load balancer';

/** The quotas that the changes touch, with what they need of each. Those that nothing is needed of are left out. */
export function quotas(
  changes: readonly Change[],
  {
    usage,
    limits,
    zones,
    certificateNames,
  }: {
    usage: Usage;
    limits: Limits;
    zones: readonly SeenZone[];
    certificateNames: number;
  },
): Quota[] {
  const needed = (type: ResourceType) => changes.filter((change) => isCreated(change, type)).length;
  const { certificatesRequestedThisYear, viewerCertificates, loadBalancers, elasticAddresses, ingress, access } = usage;
  const forViewers = needed('viewer certificate');
  const forViewersHere = viewerCertificates ? 0 : forViewers;
  const certificates = needed('certificate') + forViewersHere;
  // What is imported counts among those that are held, and not among those that are requested.
  const requests = (type: ResourceType) =>
    changes.filter((change) => isCreated(change, type) && !has(change.after, 'secret')).length;
  const requested = requests('certificate');
  const requestedForViewers = requests('viewer certificate');
  const atMost = (name: keyof Limits['account']) => allowedBy(limits.account[name], DEFAULT_LIMITS[name]);
  const all: Quota[] = [
    {
      quota: NAMES_ON_ONE,
      used: 0,
      ...allowedBy(undefined, MAX_CERTIFICATE_NAMES),
      needs: Math.min(1, requested + requestedForViewers) * certificateNames,
    },
    {
      quota: REQUESTED,
      used: certificatesRequestedThisYear,
      ...atMost('certificatesPerYear'),
      needs: requested + (viewerCertificates ? 0 : requestedForViewers),
    },
    { quota: 'certificates', used: usage.certificates, ...atMost('certificates'), needs: certificates },
    {
      quota: `${REQUESTED} ${FOR_VIEWERS}`,
      used: viewerCertificates?.requestedThisYear ?? 0,
      ...atMost('certificatesPerYear'),
      needs: viewerCertificates ? requestedForViewers : 0,
    },
    {
      quota: `certificates ${FOR_VIEWERS}`,
      used: viewerCertificates?.held ?? 0,
      ...atMost('certificates'),
      needs: viewerCertificates ? forViewers : 0,
    },
    { quota: 'load balancers', used: loadBalancers, ...atMost('loadBalancers'), needs: needed('load balancer') },
    {
      quota: 'listeners of the load balancer',
      used: usage.listeners,
      ...atMost('listeners'),
      needs: needed('listener'),
    },
    {
      quota: 'certificates of the load balancer',
      used: usage.certificatesOfListeners,
      ...atMost('certificatesPerLoadBalancer'),
      needs: changes.filter((change) => isCreated(change, 'listener') && has(change.after, 'certificate')).length,
    },
    { quota: 'target groups', used: usage.targetGroups, ...atMost('targetGroups'), needs: needed('target group') },
    {
      quota: 'CloudFront distributions',
      used: usage.distributions,
      ...atMost('distributions'),
      needs: needed('distribution'),
    },
    {
      quota: WITH_PAGE,
      used: usage.distributionsWithPage,
      ...atMost('distributionsPerHeadersPolicy'),
      needs: needed('page'),
    },
    {
      quota: 'CloudFront functions',
      used: usage.edgeFunctions,
      ...atMost('edgeFunctions'),
      needs: needed('bypass'),
    },
    { quota: 'names of the distribution', ...namesOfDistribution(changes), ...atMost('namesPerDistribution') },
    {
      quota: `rules of the security group "${ingress?.groupId ?? ''}"`,
      used: ingress?.rules ?? 0,
      ...atMost('rulesPerGroup'),
      needs: changes.filter(
        (change) => isCreated(change, 'security group rule') && has(change.after, 'groupId', ingress?.groupId),
      ).length,
    },
    ...(access
      ? [
          {
            quota: ACCESS_RULES,
            ...accessRules(changes, access),
            ...atMost('rulesPerGroup'),
          },
        ]
      : []),
    {
      quota: 'elastic addresses',
      used: elasticAddresses,
      ...atMost('elasticAddresses'),
      needs: needed('elastic address'),
    },
    { quota: 'health checks', used: usage.healthChecks, ...atMost('healthChecks'), needs: needed('health check') },
    { quota: 'hosted zones', used: usage.zones, ...atMost('zones'), needs: needed('hosted zone') },
    ...zones.map((zone) => recordQuota(zone, { zones, changes, limits })),
  ];
  return all.filter(({ needs }) => needs > 0);
}

/** Whether a state has a property, with a value where one is asked for. */
function has(state: object | undefined, name: string, value?: unknown): boolean {
  const found = (state as Record<string, unknown> | undefined)?.[name];
  return found !== undefined && (value === undefined || found === value);
}

/** The names that it serves, and those that it is to serve besides. */
function namesOfDistribution(changes: readonly Change[]): Pick<Quota, 'used' | 'needs'> {
  const served = changes.filter(({ phase, resource }) => phase === 'shift' && resource.type === 'distribution');
  const count = (state: object | undefined): number => (state as { names?: string[] } | undefined)?.names?.length ?? 0;
  const used = served.reduce((most, { before }) => Math.max(most, count(before)), 0);
  const wanted = served.reduce((most, { after }) => Math.max(most, count(after)), 0);
  return { used, needs: Math.max(0, wanted - used) };
}

/**
 * The rules of the load balancer's security group, of the family that has more of them. Those that are no longer desired are
 * released last, so that both are there for a while. A prefix list counts in both families, as many rules as it weighs.
 */
function accessRules(
  changes: readonly Change[],
  { ipv4, ipv6 }: NonNullable<Usage['access']>,
): Pick<Quota, 'used' | 'needs'> {
  const created = changes.flatMap((change): { cidr?: string; prefixList?: string }[] =>
    isCreated(change, 'security group rule') ? [change.after ?? {}] : [],
  );
  const weights = created.flatMap(({ prefixList: name }) => (name === undefined ? [] : [weightOfList({ name })]));
  const both = weights.reduce((sum, weight) => sum + weight, 0);
  const blocks = created.flatMap(({ cidr }) => cidr ?? []);
  const sixes = blocks.filter((cidr) => cidr.includes(':')).length;
  const [one, other] = [
    { used: ipv4, needs: both + blocks.length - sixes },
    { used: ipv6, needs: both + sixes },
  ] as const;
  return one.used + one.needs >= other.used + other.needs ? one : other;
}

function allowedBy(told: number | undefined, byDefault: number): Pick<Quota, 'allowed' | 'granted'> {
  return told === undefined ? { allowed: byDefault, granted: false } : { allowed: told, granted: true };
}

/** NS and SOA are in a new zone from the start. */
const SETS_OF_A_NEW_ZONE = 2;

function recordQuota(
  zone: SeenZone,
  { zones, changes, limits }: { zones: readonly SeenZone[]; changes: readonly Change[]; limits: Limits },
): Quota {
  const known = zones.map(({ name }) => ({ id: name, name }));
  const needs = changes.filter(
    (change) =>
      isCreated(change, 'record', 'validation record') && longestMatch(recordNameOf(change), known)?.name === zone.name,
  ).length;
  const used = zone.kind === 'existing' ? zone.recordCount : SETS_OF_A_NEW_ZONE;
  const told = zone.kind === 'existing' ? limits.recordsIn[zone.id] : undefined;
  return { quota: `records in "${zone.name}"`, used, ...allowedBy(told, DEFAULT_LIMITS.records), needs };
}

/** Those of the quotas that would be exceeded. */
export function exceeded(found: readonly Quota[]): Quota[] {
  return found.filter(({ used, needs, allowed }) => used + needs > allowed);
}

/** What is exceeded, and what to do: asked for more now, it doesn't stop the site halfway. */
export function whyExceeded({ quota, used, needs, allowed, granted }: Quota): string {
  const [by, unless] = granted ? ['', ''] : [' by default', 'Unless AWS has granted you more, '];
  const remedy = `${unless}${REMEDIES[quota] ?? 'free what is unused'} or ask for more in Service Quotas`;
  return `Cannot make ${needs} more: the quota of ${quota} is ${allowed}${by} and ${used} are used. ${remedy[0]?.toUpperCase()}${remedy.slice(1)}`;
}

/** Where there is nothing to free: a request counts for 365 days, whatever becomes of its certificate. */
const REMEDIES: Record<string, string> = {
  [NAMES_ON_ONE]: 'declare fewer names',
  [ACCESS_RULES]: 'declare fewer blocks in "access" in a change before this one',
  [REQUESTED]: 'wait until earlier requests are 365 days old',
  [`${REQUESTED} ${FOR_VIEWERS}`]: 'wait until earlier requests are 365 days old',
};

/**
 * A finding for every quota that would be exceeded, and for each that AWS denied to tell. What AWS only allows by default may
 * have been granted: that is seen when the resource is created.
 */
export function quotaFindings(found: readonly Quota[], { denied }: Pick<Limits, 'denied'>): PreflightFinding[] {
  return [
    ...exceeded(found).map((quota): PreflightFinding => {
      const message = whyExceeded(quota);
      return quota.granted
        ? { severity: 'error', check: 'quotaReached', message }
        : { severity: 'warning', check: 'defaultQuotaReached', message };
    }),
    ...denied.map(
      (answer): PreflightFinding => ({
        severity: 'info',
        check: 'quotaNotAsked',
        message: `Could not ask AWS for a quota of the account, and shows what AWS allows by default (${answer}). Allow the action to see what was granted`,
      }),
    ),
  ];
}
