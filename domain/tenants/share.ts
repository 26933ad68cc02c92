import { isDeepStrictEqual } from 'node:util';
import { isStandIn } from '../changes/stand-in.ts';
import { needsElasticIp, needsResource } from '../edges/edge.ts';
import { originOf } from '../origins/origin.ts';
import { DEFAULT_LIMITS, type Limits } from '../preflight/limits.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { isExternal, roleOf } from '../sites/dns.ts';
import { howToTakeBack } from '../sites/life/advice.ts';
import type { Site } from '../sites/site.ts';

/** The quotas of the account of which a tenant has a share. Sites on one instance share its address. */
export type SharedQuota =
  | 'loadBalancers'
  | 'certificates'
  | 'viewerCertificates'
  | 'targetGroups'
  | 'distributions'
  | 'elasticAddresses'
  | 'healthChecks'
  | 'zones';

/** What is limited: a share of the account, or the operations that are open at once. */
export type Limited = SharedQuota | 'operations';

const IN_WORDS: Record<Limited, string> = {
  operations: 'operations open at once',
  loadBalancers: 'load balancers',
  certificates: 'certificates',
  viewerCertificates: "certificates of CloudFront's viewers",
  targetGroups: 'target groups',
  distributions: 'CloudFront distributions',
  elasticAddresses: 'elastic addresses',
  healthChecks: 'health checks',
  zones: 'hosted zones',
};

/** The type of resource of which a site has one for its edge, and that uses one of the quota. */
const USED_BY: readonly [SharedQuota, ResourceType][] = [
  ['loadBalancers', 'load balancer'],
  ['certificates', 'certificate'],
  ['viewerCertificates', 'viewer certificate'],
  ['targetGroups', 'target group'],
  ['distributions', 'distribution'],
  ['healthChecks', 'health check'],
];

/** One of a quota that a site takes; of the addresses it is that of an instance, which several sites may share. */
export type Take = SharedQuota | { quota: 'elasticAddresses'; instance: string };

/** What one site of a tenant counts for. */
export interface SiteShare {
  /** When its last operation was asked for, ISO 8601 in UTC. */
  at: string;
  /** Whether that one may still run. */
  open: boolean;
  /** What it takes of the account. */
  takes: readonly Take[];
}

/** What the sites of one tenant count for, by domain. */
export type TenantShare = Readonly<Record<string, SiteShare>>;

/** What one tenant may have. */
export interface ShareLimits {
  /** Operations open at once. */
  operations: number;
  /** Of each quota of the account, in percent; at least one. */
  percent: number;
}

/** A limit of a tenant that one more site would exceed. */
export interface Reached {
  limited: Limited;
  allowed: number;
  /** The tenant's sites that count, and whether an operation of each runs. */
  by: { domain: string; open: boolean }[];
}

/** What a site takes of the account by its document; `makesZone` as `needsZone()` says. */
export function takesOf(site: Site, { makesZone }: { makesZone: boolean }): Take[] {
  const zone = makesZone && !isExternal(site) && !roleOf(site);
  return [
    ...USED_BY.flatMap(([quota, type]) => (needsResource(site, type) ? [quota] : [])),
    ...(needsElasticIp(site) ? [addressTake(addressedInstance(site))] : []),
    ...(zone ? ['zones' as const] : []),
  ];
}

/** One that is yet to be created is the site's alone. */
function addressedInstance(site: Site): string {
  const { id } = originOf(site);
  return isStandIn(id) ? site.domain : id;
}

const addressTake = (instance: string): Take => ({ quota: 'elasticAddresses', instance });

const quotaOf = (take: Take): SharedQuota => (typeof take === 'string' ? take : take.quota);

/** The quotas of these takes. */
export function quotasOf(takes: readonly Take[]): SharedQuota[] {
  return [...new Set(takes.map(quotaOf))];
}

/** Takes without those that are there twice. */
export function distinct(takes: readonly Take[]): Take[] {
  return takes.filter((take, place) => takes.findIndex((each) => isDeepStrictEqual(each, take)) === place);
}

/** Those of the takes that are not among others. */
export function without(takes: readonly Take[], others: readonly Take[]): Take[] {
  return takes.filter((take) => !others.some((other) => isDeepStrictEqual(other, take)));
}

/** A take as it is stored: earlier versions wrote that of an address as "elasticAddresses i-0123456789abcdef0". */
export function readTake(stored: Take | `elasticAddresses ${string}`): Take {
  const [quota, instance] = typeof stored === 'string' ? stored.split(' ') : [];
  return quota === 'elasticAddresses' && instance !== undefined ? addressTake(instance) : (stored as Take);
}

/** The limits that a share exceeds, those alone that the site of the domain adds to: what it `had` is not held against it. */
export function reachedLimits(
  share: TenantShare,
  {
    domain,
    had,
    limits,
    account,
  }: { domain: string; had: readonly Take[]; limits: ShareLimits; account: Limits['account'] },
): Reached[] {
  const others = Object.entries(share).filter(([other]) => other !== domain);
  const open = others.filter(([, site]) => site.open).map(counted);
  const operations: Reached = { limited: 'operations', allowed: limits.operations, by: open };
  const added = without(share[domain]?.takes ?? [], had);
  const quotas = quotasOf(added).flatMap((quota) => {
    const taking = ([, { takes }]: (typeof others)[number]) => quotasOf(takes).includes(quota);
    const by = others.filter(taking).map(counted);
    const taken = new Set(
      Object.entries(share).flatMap(([at, { takes }]) =>
        takes.flatMap((take) => (quotaOf(take) === quota ? [typeof take === 'string' ? at : take.instance] : [])),
      ),
    );
    const allowed = Math.max(1, Math.floor(((account[quota] ?? DEFAULT_LIMITS[quota]) * limits.percent) / 100));
    return taken.size > allowed ? [{ limited: quota, allowed, by }] : [];
  });
  return [...(open.length >= limits.operations ? [operations] : []), ...quotas];
}

/** Most domains that a refusal names. */
const MOST_NAMED = 10;

const counted = ([domain, { open }]: [string, SiteShare]): Reached['by'][number] => ({ domain, open });

/** Which limit is reached, by what, and what to do. */
export function whyReached({ limited, allowed, by }: Reached): string {
  const what = IN_WORDS[limited];
  if (limited === 'operations') {
    return `The tenant may have ${allowed} ${what}, and has them (${named(by.map((site) => ({ ...site, open: false })))}). Wait until one of them ends, or cancel one`;
  }
  const once = limited === 'elasticAddresses' ? ' (sites on one instance count once)' : '';
  const counts = `The tenant's share of the account is ${allowed} ${what}${once}. A site counts from its declaration until it is undone, whether its own is made yet or not: ${named(by)}`;
  return `${counts}. Take one of them back: ${howToTakeBack()}`;
}

function named(by: Reached['by']): string {
  const some = by.slice(0, MOST_NAMED).map(({ domain, open }) => (open ? `${domain} (its operation runs)` : domain));
  return `${some.join(', ')}${by.length > MOST_NAMED ? ` and ${by.length - MOST_NAMED} more` : ''}`;
}
