import {
  type Action,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
  type Rule,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Forward } from '../../domain/load-balancers/forwards.ts';
import type { RuleInOrder } from '../../domain/load-balancers/host-rules.ts';
import type { HeaderRule } from '../../domain/load-balancers/origin-lock.ts';
import { isCode } from '../error-code.ts';
import { forwardsOf } from './actions.ts';

/** A rule of a listener. */
export interface ListenerRule extends HeaderRule, RuleInOrder {
  arn: string;
  forwards: readonly Forward[];
  /** The one that every listener has, and that is deleted and changed with it. */
  isDefault: boolean;
  /** Undefined of the default rule. */
  priority?: number;
  /** For people: "host-header blog.example.test". Empty for the default rule; a header's values may be secrets, and are left out. */
  condition: string;
  /** Where it forwards to. */
  targetGroupArns: string[];
}

/** The rules of a listener, all pages; none of a listener that is gone. */
export async function listRules(elb: ElasticLoadBalancingV2Client, listenerArn: string): Promise<ListenerRule[]> {
  const found: ListenerRule[] = [];
  let Marker: string | undefined;
  try {
    do {
      const page = await elb.send(
        new DescribeRulesCommand({ ListenerArn: listenerArn, ...(Marker !== undefined && { Marker }) }),
      );
      found.push(...(page.Rules ?? []).map(listenerRule));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
  } catch (error) {
    if (isCode(error, 'ListenerNotFound')) return [];
    throw error;
  }
  return found;
}

function listenerRule(told: Rule): ListenerRule {
  const { IsDefault: isDefault = false, Conditions = [], Actions = [] } = told;
  const header = Conditions.length === 1 ? headerOf(Conditions[0]) : undefined;
  const [only] = Actions.length === 1 ? Actions : [];
  return {
    arn: told.RuleArn ?? '',
    isDefault,
    ...(!isDefault && { priority: Number(told.Priority) }),
    condition: Conditions.map(inWords).join(', '),
    ...(header && { header }),
    ...hostsOf(Conditions),
    forwards: only ? forwardsOf(only) : [],
    targetGroupArns: groupsOf(Actions),
  };
}

/** The Hosts that a rule compares, and whether nothing else keeps a request from it. */
function hostsOf(conditions: readonly RuleCondition[]): Pick<ListenerRule, 'hosts' | 'takesAll'> {
  const host = conditions.find(({ Field }) => Field === 'host-header');
  const hosts = host && (host.Values ?? host.HostHeaderConfig?.Values ?? []);
  const others = conditions.filter((each) => each !== host && !isAnyPath(each));
  // Regular expressions are not read: such a rule may take any Host or none.
  const isRead = !host?.HostHeaderConfig?.RegexValues?.length;
  return { ...(hosts && { hosts }), takesAll: isRead && others.length === 0 };
}

function isAnyPath({ Field, Values, PathPatternConfig }: RuleCondition): boolean {
  const values = Values ?? PathPatternConfig?.Values ?? [];
  return Field === 'path-pattern' && values.some((value) => value === '*' || value === '/*');
}

function headerOf({ HttpHeaderConfig }: RuleCondition = {}): ListenerRule['header'] {
  const { HttpHeaderName: name, Values: values = [] } = HttpHeaderConfig ?? {};
  return name === undefined ? undefined : { name, values };
}

function inWords({ Field = '', Values, HostHeaderConfig, PathPatternConfig, HttpHeaderConfig }: RuleCondition): string {
  if (HttpHeaderConfig) return `${Field} ${HttpHeaderConfig.HttpHeaderName}`;
  const values = Values ?? HostHeaderConfig?.Values ?? PathPatternConfig?.Values ?? [];
  return [Field, values.join(' or ')].filter((part) => part !== '').join(' ');
}

/** Several groups are named by the longer form; ELB tells a single one by both. */
function groupsOf(actions: readonly Action[]): string[] {
  const named = actions.flatMap(({ TargetGroupArn, ForwardConfig }) => [
    TargetGroupArn,
    ...(ForwardConfig?.TargetGroups ?? []).map((group) => group.TargetGroupArn),
  ]);
  return [...new Set(named)].filter((arn) => arn !== undefined);
}
