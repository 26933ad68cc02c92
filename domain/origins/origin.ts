import type { HostRule } from '../load-balancers/host-rules.ts';
import type { Target } from '../load-balancers/target-group.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { AddressType } from '../sites/address-types.ts';
import type { Site } from '../sites/site.ts';
import { type InstanceOrigin, instanceOrigin } from './instance.ts';
import { type LoadBalancerOrigin, loadBalancerOrigin } from './load-balancer.ts';
import { type NewInstanceOrigin, newInstanceOrigin } from './new-instance.ts';
import { type ServerOrigin, serverOrigin } from './server.ts';

/** What produces the pages, as a site declares it. */
export type DeclaredOrigin = InstanceOrigin | NewInstanceOrigin | LoadBalancerOrigin | ServerOrigin;

/** The fields of a document that name an origin, one of them in each. */
export const ORIGIN_KINDS = ['instance', 'newInstance', 'loadBalancer', 'server'] as const;

/** What the product asks of an origin, whichever kind it is. */
export interface Origin {
  /** What kind of thing it is, in sentences: "instance". */
  kind: string;
  /** "i-0123456789abcdef0" */
  id: string;
  /** In sentences: 'the instance "i-0123456789abcdef0"'. */
  label: string;
  /** Where the site document has it: "#/origin/instance". */
  pointer: string;
  /** What it listens with, and the port. */
  scheme: 'http' | 'https';
  port: number;
  /** The path that answers 200 when it is well. */
  healthPath: string;
  /** The load balancer that serves it already, which the site joins instead of creating one. */
  loadBalancerArn?: string;
  /** The rule that it gets for the names of the site. */
  hostRule?: HostRule;
  /** What a target group of ours registers; undefined of what none can, or what has its own. */
  target?: Target;
  /** What a record that leads to the origin itself contains; undefined of a load balancer, to which records lead by alias. */
  address?: OriginAddress;
  /** Whether its address stays though no name leads to it. */
  keepsAddress?: true;
}

/** What records lead to: an address that a resource provides, addresses that do not change, or a name. */
export type OriginAddress =
  | { types: readonly AddressType[]; resource: ResourceType; values?: never; name?: never }
  | { types: readonly AddressType[]; values: readonly string[]; resource?: never; name?: never }
  | { name: string; types?: never; values?: never; resource?: never };

export function originOf({ origin }: Pick<Site, 'origin'>): Origin {
  if ('instance' in origin) return instanceOrigin(origin);
  if ('newInstance' in origin) return newInstanceOrigin(origin);
  return 'server' in origin ? serverOrigin(origin) : loadBalancerOrigin(origin);
}

/**
 * What a target group of ours registers.
 *
 * @throws {Error} for an origin that none registers
 */
export function targetOf(site: Pick<Site, 'origin'>): Target {
  const { target, label } = originOf(site);
  if (!target) throw new Error(`Cannot register ${label} in a target group of ours`);
  return target;
}

/** What target groups of ours register for those sites. */
export function targetsOf(sites: readonly Pick<Site, 'origin'>[]): Target[] {
  return sites.flatMap((site) => originOf(site).target ?? []);
}

/** The types of the records that lead to the origin itself; none of a load balancer. */
export function addressTypesOf(site: Pick<Site, 'origin'>): readonly AddressType[] {
  return originOf(site).address?.types ?? [];
}
