import { allTo, type Forward, isSameForwarding } from './forwards.ts';

/** The rule on port 443 of a load balancer that exists, as a document asks for it. */
export interface HostRule {
  /** The ARN of the target group that requests for the names of the site are forwarded to. */
  targetGroup: string;
  /** Its place among the rules of the listener, 1 to 50,000; left out, one is chosen that is free. */
  priority?: number;
}

/** A rule of a listener, as far as requests for a name are its own. */
export interface RuleInOrder {
  arn: string;
  /** Undefined of the default rule. */
  priority?: number;
  /** What its condition on the Host compares; undefined without one, which means every Host. */
  hosts?: readonly string[];
  /** Whether it takes every request with such a Host: no other condition keeps one from it. Absent where that was not looked at. */
  takesAll?: boolean;
  forwards: readonly Forward[];
}

/** Source: ELB User Guide, "Quotas for your Application Load Balancers", condition values per rule: fixed; checked 2026-11-30. */
const HOSTS_PER_RULE = 5;

/** Source: ELB API reference, CreateRule, `Priority`, checked 2026-11-30. */
const PRIORITIES = { first: 1, last: 50_000 };

/** The names in as few rules as they fit in, in their order. */
export function inRules(names: readonly string[]): string[][] {
  const rules: string[][] = [];
  for (let from = 0; from < names.length; from += HOSTS_PER_RULE) rules.push(names.slice(from, from + HOSTS_PER_RULE));
  return rules;
}

/** Whether a rule has a Host, by a name or by a pattern: "*" is any text, "?" any one character. */
export function hasHost({ hosts }: Pick<RuleInOrder, 'hosts'>, name: string): boolean {
  return hosts === undefined || hosts.some((host) => patternOf(host).test(name));
}

const patternOf = (host: string): RegExp =>
  new RegExp(
    `^${host
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  );

/** The rule of another that forwards all requests for a name to the group already. */
export function servesAlready(rules: readonly RuleInOrder[], name: string, targetGroup: string): boolean {
  const taker = inOrder(rules).find((rule) => rule.takesAll && hasHost(rule, name));
  return taker !== undefined && namesIt(taker, name) && isSameForwarding(taker.forwards, allTo(targetGroup));
}

const inOrder = (rules: readonly RuleInOrder[]): RuleInOrder[] =>
  rules.filter(({ priority }) => priority !== undefined).toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0));

const namesIt = ({ hosts = [] }: RuleInOrder, name: string): boolean =>
  hosts.some((host) => host.toLowerCase() === name);

interface Places {
  /** The rules of others. */
  others: readonly RuleInOrder[];
  /** The priorities of all rules. */
  taken: readonly number[];
  declared: number | undefined;
}

export type Placed = { priority: number; problem?: never } | { priority?: never; problem: string };

/**
 * Where a new rule for the names goes among those of others, none of which is changed: before every rule that takes their requests
 * by a wildcard, after all others. A rule that names one of them is another's claim to it.
 */
export function placeFor(names: readonly string[], { others, taken, declared }: Places): Placed {
  const takers = inOrder(others).filter((rule) => rule.takesAll && names.some((name) => hasHost(rule, name)));
  const claimed = takers.flatMap((rule) =>
    names.filter((name) => namesIt(rule, name)).map((name) => ({ rule, name })),
  )[0];
  if (claimed) {
    const { rule, name } = claimed;
    return {
      problem: `the rule ${rule.arn} (priority ${rule.priority}) takes the requests for "${name}" already, and is another's; remove that name from it, or leave "hostRule" out`,
    };
  }
  const before = takers[0]?.priority ?? PRIORITIES.last + 1;
  if (declared !== undefined) return declaredPlace(declared, { taken, taker: takers[0] });
  const last = Math.max(0, ...taken);
  if (before > PRIORITIES.last && last < PRIORITIES.last) return { priority: last + 1 };
  for (let priority = before - 1; priority >= PRIORITIES.first; priority -= 1) {
    if (!taken.includes(priority)) return { priority };
  }
  return {
    problem: `no priority is free before its rule ${takers[0]?.arn} (priority ${takers[0]?.priority}), which takes these requests by a wildcard; move that one back (aws elbv2 set-rule-priorities)`,
  };
}

function declaredPlace(
  priority: number,
  { taken, taker }: { taken: readonly number[]; taker: RuleInOrder | undefined },
): Placed {
  if (taken.includes(priority)) {
    return { problem: `the priority ${priority} is taken by another rule; give a free one, or leave "priority" out` };
  }
  if (taker?.priority === undefined || taker.priority > priority) return { priority };
  return {
    problem: `the rule ${taker.arn} comes first (priority ${taker.priority}) and takes these requests; give a priority below ${taker.priority}`,
  };
}

/**
 * Whether ELB compares a name: after the last dot it takes letters only, so that no internationalized top-level domain can be written.
 * Source: ELB API reference, RuleCondition, host-header; checked 2026-11-30.
 */
export function isComparable(name: string): boolean {
  return name.length <= MAX_HOST_CHARACTERS && /\.[a-z]+$/.test(name);
}

/** Source: the same. */
const MAX_HOST_CHARACTERS = 128;
