import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { balancerName } from '../../domain/load-balancers/existing-balancer.ts';
import { allTo, isSameForwarding } from '../../domain/load-balancers/forwards.ts';
import { hostRuleGroupProblem, type NamedGroup } from '../../domain/load-balancers/host-rule-group.ts';
import {
  type HostRule,
  inRules,
  placeFor,
  type RuleInOrder,
  servesAlready,
} from '../../domain/load-balancers/host-rules.ts';
import { DEFAULT_LIMITS } from '../../domain/preflight/limits.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import type { Scope } from '../resource.ts';

export const RULE = 'host rule';

/** The rules that a document asks for, on the listener on port 443 of a load balancer that exists. */
export interface DesiredHostRules extends HostRule {
  /** The names that viewers use, and the one that CloudFront asks. */
  names: readonly string[];
}

/** A rule of the listener; `isOurs`: by its tags. */
export type SeenRule = RuleInOrder & { isOurs: boolean; tags?: Readonly<Record<string, string>> };

export interface SeenHostRules {
  rules: readonly SeenRule[];
  /** Of all listeners of the load balancer, besides their default ones. */
  count: number;
  /** How many the account may have; undefined where AWS does not say. */
  limit?: number | undefined;
  group?: NamedGroup | undefined;
}

/** The rules of a listener that the site has made rules on. */
export interface RulesOfListener {
  listenerArn: string;
  rules: readonly SeenRule[];
}

/** What the ledger calls a rule, from before it is made. */
export const hostRuleId = (listenerArn: string, hosts: readonly string[]): string =>
  `${listenerArn} ${hosts.join(',')}`;

/** "arn:… shop.example.test,www.shop.example.test" -> its listener */
export const listenerOf = (id: string): string => id.split(' ')[0] ?? '';

export function hostRuleRef(listenerArn: string, hosts: readonly string[], arn?: string): ResourceRef {
  return {
    type: RULE,
    name: `${balancerName(listenerArn)} HTTPS 443 ${hosts.join(', ')}`,
    id: arn ?? hostRuleId(listenerArn, hosts),
  };
}

/** What the rules of the document change among those of the listener. Those of others stay as they are, and where they are. */
export function preparedRules(
  desired: DesiredHostRules,
  seen: SeenHostRules,
  {
    listenerArn,
    loadBalancerArn,
    vpcId,
    scope,
  }: { listenerArn: string; loadBalancerArn: string; vpcId: string; scope: Scope },
): Unphased[] {
  const { names, targetGroup } = desired;
  const conflict = (why: string): Unphased[] => [
    { verb: 'conflict', resource: hostRuleRef(listenerArn, names), before: {}, message: why },
  ];
  const tenant = scope.site?.tenant;
  const unusable = hostRuleGroupProblem(seen.group, { loadBalancerArn, vpcId, tenant });
  if (unusable !== undefined) return conflict(`Cannot forward to the target group "${targetGroup}": ${unusable}`);
  const others = seen.rules.filter(({ isOurs }) => !isOurs);
  const taken = seen.rules.flatMap((rule) => rule.priority ?? []);
  const changes: Unphased[] = [];
  for (const { hosts, declared } of wantedRules(seen.rules, desired)) {
    const own = ownRule(seen.rules, hosts, declared);
    if (own) {
      changes.push(ofOwn(own, { listenerArn, hosts, targetGroup }));
      continue;
    }
    const placed = placeFor(hosts, { others, taken, declared });
    if (placed.problem !== undefined)
      return conflict(
        `Cannot add a rule for ${hosts.join(', ')} to the load balancer "${balancerName(loadBalancerArn)}": ${placed.problem}`,
      );
    taken.push(placed.priority);
    const message = `Forward requests for ${hosts.join(', ')} to the target group "${groupName(targetGroup)}", by a rule of priority ${placed.priority} on port 443 of "${balancerName(loadBalancerArn)}"`;
    const after = { hosts, targetGroup, priority: placed.priority };
    changes.push({ verb: 'create', resource: hostRuleRef(listenerArn, hosts), after, message });
  }
  const more = changes.filter(({ verb }) => verb === 'create').length;
  const limit = seen.limit ?? DEFAULT_LIMITS.rulesPerLoadBalancer;
  if (more > 0 && seen.count + more > limit) {
    return conflict(
      `Cannot add ${more} to the rules of the load balancer "${balancerName(loadBalancerArn)}": it has ${seen.count} and may have ${limit}. Delete one that is unused, or ask for more in Service Quotas ("Rules per Application Load Balancer")`,
    );
  }
  return changes;
}

function ownRule(
  rules: readonly SeenRule[],
  hosts: readonly string[],
  declared: number | undefined,
): SeenRule | undefined {
  return rules.find(
    (rule) => rule.isOurs && isFor(rule, hosts) && (declared === undefined || rule.priority === declared),
  );
}

const isFor = ({ hosts = [], takesAll }: RuleInOrder, wanted: readonly string[]): boolean =>
  takesAll === true && hosts.length === wanted.length && hosts.every((host) => wanted.includes(host));

function ofOwn(
  rule: SeenRule,
  { listenerArn, hosts, targetGroup }: { listenerArn: string; hosts: readonly string[]; targetGroup: string },
): Unphased {
  const resource = hostRuleRef(listenerArn, hosts, rule.arn);
  const before = { hosts, priority: rule.priority, forwards: rule.forwards };
  if (isSameForwarding(rule.forwards, allTo(targetGroup))) {
    return kept(resource, before, `Keep the rule for ${hosts.join(', ')} on port 443`);
  }
  const message = `Forward requests for ${hosts.join(', ')} to the target group "${groupName(targetGroup)}"`;
  return { verb: 'update', resource, before, after: { ...before, forwards: allTo(targetGroup) }, message };
}

/** "arn:…:targetgroup/shop/0123456789abcdef" -> "shop" */
const groupName = (arn: string): string => arn.split('/')[1] ?? arn;

/** The rules of the site that the document does not ask for. One that another has changed is kept, and said so. */
export function releasedRules(
  seen: readonly RulesOfListener[],
  { desired, scope }: { desired: DesiredHostRules | undefined; scope: Scope },
): Change[] {
  return inPhase(
    'release',
    unwantedRules(seen, { desired, scope }).map(({ listenerArn, arn, hosts, priority, isAsMade }): Unphased => {
      const resource = hostRuleRef(listenerArn, hosts, arn);
      if (!isAsMade) {
        const message = `the conditions of the rule ${arn} were changed since the site created it. Delete it, or remove its tags "nameplate:…" to keep it, ${THEN_AGAIN}`;
        return { verb: 'retain', resource, message };
      }
      const message = `No longer forward requests for ${hosts.join(', ')} by a rule on port 443 of "${balancerName(listenerArn)}"`;
      return { verb: 'delete', resource, before: { hosts, priority }, message };
    }),
  );
}

/** A rule of the site; `isAsMade`: with the Hosts that the site has given it, and no other condition. */
export interface UnwantedRule {
  listenerArn: string;
  arn: string;
  hosts: readonly string[];
  priority: number;
  isAsMade: boolean;
}

export function unwantedRules(
  seen: readonly RulesOfListener[],
  {
    desired,
    scope: { record, known },
  }: { desired: DesiredHostRules | undefined; scope: Pick<Scope, 'record' | 'known'> },
): UnwantedRule[] {
  const made = record ? madeOf(record, RULE).map(({ id }) => id) : [];
  return seen.flatMap(({ listenerArn, rules }) => {
    const isUsed = listenerArn === known.AddListenerCertificate?.listenerArn;
    const used = desired && isUsed ? usedRules(rules, desired) : [];
    return rules
      .filter((rule) => rule.isOurs && !used.includes(rule))
      .map(({ arn, hosts = [], priority = 0, takesAll = false }) => {
        const isAsMade = takesAll && made.includes(hostRuleId(listenerArn, hosts));
        return { listenerArn, arn, hosts, priority, isAsMade };
      });
  });
}

/** The rules of ours that the document asks for. */
export function usedRules(rules: readonly SeenRule[], desired: DesiredHostRules): SeenRule[] {
  return wantedRules(rules, desired).flatMap(({ hosts, declared }) => ownRule(rules, hosts, declared) ?? []);
}

/** What a rule of another forwards there already needs none of ours. */
function wantedRules(
  rules: readonly SeenRule[],
  { names, targetGroup, priority }: DesiredHostRules,
): { hosts: string[]; declared: number | undefined }[] {
  const others = rules.filter(({ isOurs }) => !isOurs);
  const own = names.filter((name) => !servesAlready(others, name, targetGroup));
  return inRules(own).map((hosts, place) => ({
    hosts,
    declared: priority === undefined ? undefined : priority + place,
  }));
}
