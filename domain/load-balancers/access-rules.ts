import type { Instance } from '../servers/instance.ts';
import type { Site } from '../sites/site.ts';
import { listening } from './listening.ts';

/** Marks the rules of the load balancer's security group that are kept in line with the site's `access`. */
export const ACCESS_RULE = 'nameplate: access';

/** Says in the instance's security group what the rule is for. */
export function originRule(domain: string): string {
  return `nameplate: load balancer of ${domain}`;
}

/** One block that may reach one port. */
export interface AccessRule {
  port: number;
  cidr: string;
}

/** What the load balancer's security group must let in. */
export function accessRules({ access, http }: Pick<Site, 'access' | 'http'>): AccessRule[] {
  return listening({ http }).flatMap(({ port }) => access.map((cidr) => ({ port, cidr })));
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
  const has = (rules: readonly AccessRule[]) => (rule: AccessRule) =>
    rules.some(({ port, cidr }) => port === rule.port && cidr === rule.cidr);
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
