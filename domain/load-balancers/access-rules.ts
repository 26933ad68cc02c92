import { listenersOf } from '../edges/edge.ts';
import type { Instance } from '../servers/instance.ts';
import { isLocked } from '../sites/cdn.ts';
import type { Site } from '../sites/site.ts';
import { CLOUDFRONT_ORIGIN_FACING } from './prefix-lists.ts';

/** Marks the rules of the load balancer's security group that are kept in line with the site's `access`. */
export const ACCESS_RULE = 'nameplate: access';

/** Says in the instance's security group what the rule is for. */
export function originRule(domain: string): string {
  return `nameplate: load balancer of ${domain}`;
}

/** One block, or one prefix list by its name, that may reach one port. */
export type AccessRule = { port: number } & ({ cidr: string } | { prefixList: string });

/** "0.0.0.0/0", "com.amazonaws.global.cloudfront.origin-facing" */
export function sourceOf(rule: AccessRule): string {
  return 'cidr' in rule ? rule.cidr : rule.prefixList;
}

/** What the load balancer's security group must let in: with the lock, CloudFront alone. */
export function accessRules(site: Pick<Site, 'access' | 'cdn'> & Parameters<typeof listenersOf>[0]): AccessRule[] {
  return listenersOf(site).flatMap(({ port }): AccessRule[] =>
    isLocked(site) ? [{ port, prefixList: CLOUDFRONT_ORIGIN_FACING }] : site.access.map((cidr) => ({ port, cidr })),
  );
}

/** The same rule: EC2 makes no second one. */
function isSameRule(one: AccessRule, other: AccessRule): boolean {
  return one.port === other.port && sourceOf(one) === sourceOf(other);
}

/**
 * What to add to the rules of ours and what to remove of them to make them the wanted ones. What another's rule opens already
 * (`open`) is not added: an equal rule cannot be made.
 */
export function ruleChanges(
  standing: readonly AccessRule[],
  wanted: readonly AccessRule[],
  { open = standing }: { open?: readonly AccessRule[] | undefined } = {},
): { add: AccessRule[]; remove: AccessRule[] } {
  const has = (rules: readonly AccessRule[]) => (rule: AccessRule) => rules.some((each) => isSameRule(each, rule));
  return {
    add: wanted.filter((rule) => !has(open)(rule)),
    remove: standing.filter((rule) => !has(wanted)(rule)),
  };
}

/** A rule in the instance's security group that lets the load balancer in. */
export interface IngressRule {
  groupId: string;
  port: number;
  /** The load balancer's group. */
  from: string;
}

/** What people, and the ledger, call such a rule. */
export function ingressRuleId({ groupId, port, from }: IngressRule): string {
  return `${groupId} tcp ${port} from ${from}`;
}

/** Why the load balancer can't be let in to an instance. */
export function noInstanceGroup({ id }: Pick<Instance, 'id'>): string {
  return `Cannot open the instance "${id}": it has no security group`;
}
