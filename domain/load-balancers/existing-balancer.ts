import { TENANT_TAG, whoseItIs } from '../ownership.ts';
import { DEFAULT_LIMITS } from '../preflight/limits.ts';
import type { Listener } from './listeners.ts';

/** A load balancer that exists, with whatever serves behind it: the site adds its certificate, and changes nothing else. */
export interface ExistingBalancer {
  arn: string;
  /** "application", "network", "gateway" */
  type: string;
  /** "internet-facing" or "internal" */
  scheme: string;
  /** "provisioning", "active", "active_impaired", "failed" */
  state: string;
  stateReason?: string;
  dnsName: string;
  vpcId: string;
  /** AWS's hosted zone of its name. */
  zoneId: string;
  /** "ipv4", "dualstack" or "dualstack-without-public-ipv4" */
  ipAddressType: string;
  securityGroups: readonly string[];
  tags: Readonly<Record<string, string>>;
  /** All of them, with what those on HTTPS serve by SNI. */
  listeners: readonly (Listener & { further: readonly string[] })[];
}

/** "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef" -> "shop" */
export function balancerName(arn: string): string {
  return arn.split('/')[2] ?? arn;
}

/** Why a load balancer cannot serve the site, as its ARN says: a stack reaches its own region and account only. */
export function misplacedBalancer(
  arn: string,
  { region, account }: { region: string; account: string },
): string | undefined {
  const [, , , its, owner] = arn.split(':');
  if (its !== region) {
    return `Cannot use the load balancer "${arn}": it is in ${its}, and this stack is in ${region}; declare the site in a stack of that region`;
  }
  if (owner !== account) {
    return `Cannot use the load balancer "${arn}": it is in the account ${owner}, and this stack is in ${account}; declare the site in a stack of that account`;
  }
  return undefined;
}

interface Asking {
  arn: string;
  tenant: string | undefined;
  /** The certificate that is to be served, once it is known. */
  certificateArn?: string | undefined;
  /** Certificates besides the default ones that the account may have on a load balancer. */
  furtherLimit?: number | undefined;
  /** Whether a CDN comes to it, over IPv4. */
  behindCdn?: boolean;
}

type Check = (balancer: ExistingBalancer, asking: Asking) => string | undefined;

/** What keeps a load balancer from serving the site, with what to do; undefined for one that can. The first hit wins. */
export function existingBalancerProblem(balancer: ExistingBalancer | undefined, asking: Asking): string | undefined {
  const why = balancer
    ? CHECKS.map((check) => check(balancer, asking)).find((found) => found !== undefined)
    : 'there is none in this account and region; check the ARN';
  return why === undefined ? undefined : `Cannot use the load balancer "${asking.arn}": ${why}`;
}

const notApplication: Check = ({ type }) =>
  type === 'application'
    ? undefined
    : `its type is "${type}", and only an application load balancer chooses a certificate by name for HTTP; name one of that type`;

/** Of a load balancer of another tenant it says no more than of one of no tenant. */
const notTheTenants: Check = ({ tags, arn }, { tenant }) => {
  if (tenant === undefined || tags[TENANT_TAG] === tenant) return undefined;
  const command = `aws elbv2 add-tags --resource-arns ${arn} --tags Key=${TENANT_TAG},Value=${tenant}`;
  return `it has no tag "${TENANT_TAG}" with the value "${tenant}"; if it is this tenant's, run "${command}" and declare the site again`;
};

/** What Nameplate has created for a site is deleted with it. */
const madeForSite: Check = ({ tags }) =>
  tags['nameplate:site'] === undefined && tags['nameplate:stack'] === undefined
    ? undefined
    : `${whoseItIs(tags)}, which deletes it when that site is undone; name a load balancer of your own`;

const internal: Check = ({ scheme }) =>
  scheme === 'internet-facing'
    ? undefined
    : `it is ${scheme}, and viewers come from the internet; create an internet-facing one for its targets (the scheme cannot be changed), or declare an instance behind it as the origin`;

const notActive: Check = ({ state, stateReason }) => {
  if (state === 'active' || state === 'active_impaired') return undefined;
  if (state === 'provisioning') return 'AWS is still creating it; declare the site again once it is active';
  return `its state is "${state}"${stateReason === undefined ? '' : ` (${stateReason})`}; name one that is active`;
};

const noSecureListener: Check = (balancer) => {
  if (secureListenerOf(balancer)) return undefined;
  const other = balancer.listeners.find(({ port }) => port === 443);
  if (other) return `its listener on port 443 speaks ${other.protocol} and not HTTPS; change it to HTTPS`;
  return `it has no HTTPS listener on port 443; add one with a certificate of its own and an action for your targets (aws elbv2 create-listener --load-balancer-arn ${balancer.arn} --protocol HTTPS --port 443 --certificates CertificateArn=… --default-actions Type=forward,TargetGroupArn=…)`;
};

/** Default certificates are not counted. Source: ELB User Guide, "Quotas for your Application Load Balancers", checked 2026-11-22. */
const noRoom: Check = (balancer, { certificateArn, furtherLimit = FURTHER_BY_DEFAULT }) => {
  const served = further(balancer);
  if (served.size < furtherLimit || (certificateArn !== undefined && served.has(certificateArn))) return undefined;
  return `it serves ${served.size} certificates besides the default ones, and may serve ${furtherLimit}; remove one that is unused or ask for more in Service Quotas ("Certificates per Application Load Balancer")`;
};

/** Source: CloudFront API Reference, `CustomOriginConfig`, `IpAddressType`: IPv4 where nothing is said; checked 2026-11-30. */
const notOverIpv4: Check = ({ arn, ipAddressType }, { behindCdn }) =>
  !behindCdn || ipAddressType !== 'dualstack-without-public-ipv4'
    ? undefined
    : `its IP address type is "${ipAddressType}", and CloudFront connects to it over IPv4; run "aws elbv2 set-ip-address-type --load-balancer-arn ${arn} --ip-address-type dualstack"`;

const CHECKS: readonly Check[] = [
  notApplication,
  notTheTenants,
  madeForSite,
  internal,
  notActive,
  noSecureListener,
  notOverIpv4,
  noRoom,
];

/** Certificates that are served besides the default ones. */
const further = ({ listeners }: Pick<ExistingBalancer, 'listeners'>): Set<string> =>
  new Set(listeners.flatMap((listener) => listener.further));

/** What an account may have unless AWS has granted it more. */
const FURTHER_BY_DEFAULT = DEFAULT_LIMITS.certificatesPerLoadBalancer - 1;

/** Whether it serves as many certificates as an account may have by default. */
export function isFull(balancer: Pick<ExistingBalancer, 'listeners'>): boolean {
  return further(balancer).size >= FURTHER_BY_DEFAULT;
}

/** The listener that viewers connect to over HTTPS. */
export function secureListenerOf({
  listeners,
}: Pick<ExistingBalancer, 'listeners'>): ExistingBalancer['listeners'][number] | undefined {
  return listeners.find(({ port, protocol }) => port === 443 && protocol === 'HTTPS');
}

/** Whether a listener serves a certificate, by default or by SNI. */
export function serves(
  { certificateArn, further }: ExistingBalancer['listeners'][number],
  certificate: string,
): boolean {
  return certificateArn === certificate || further.includes(certificate);
}

/** The address records that can lead to it. Source: CreateLoadBalancer, `IpAddressType`, checked 2026-11-29. */
export function typesOf({ ipAddressType }: Pick<ExistingBalancer, 'ipAddressType'>): ('A' | 'AAAA')[] {
  return [
    ...(ipAddressType === 'dualstack-without-public-ipv4' ? [] : (['A'] as const)),
    ...(ipAddressType === 'ipv4' ? [] : (['AAAA'] as const)),
  ];
}
