import {
  type Action,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
  type Rule,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { HeaderRule } from '../../domain/load-balancers/origin-lock.ts';
import { isCode } from '../error-code.ts';
import { forwardsOf } from './actions.ts';

/** A rule of a listener. */
export interface ListenerRule extends HeaderRule {
  /** The one that every listener has, and that is deleted and changed with it. */
  isDefault: boolean;
  /** Undefined of the default rule. */
  priority?: number;
  /** For people: "host-header blog.example.test". Empty for the default rule; a header's values may be secrets, and are left out. */
  condition: string;
  /** The names that it is for, of a Host header, with wildcards; undefined where it looks at none. */
  hosts?: readonly string[];
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

function headerOf({ HttpHeaderConfig }: RuleCondition = {}): ListenerRule['header'] {
  const { HttpHeaderName: name, Values: values = [] } = HttpHeaderConfig ?? {};
  return name === undefined ? undefined : { name, values };
}

function hostsOf(conditions: readonly RuleCondition[]): Pick<ListenerRule, 'hosts'> {
  const ofHost = conditions.find(({ Field }) => Field === 'host-header');
  return ofHost ? { hosts: ofHost.HostHeaderConfig?.Values ?? ofHost.Values ?? [] } : {};
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
