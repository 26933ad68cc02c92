import {
  type Action,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isCode } from '../error-code.ts';

/** A rule of a listener. */
export interface ListenerRule {
  arn: string;
  /** The one that every listener has, and that is deleted and changed with it. */
  isDefault: boolean;
  /** For people: "host-header blog.example.test". Empty for the default rule. */
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
      for (const { RuleArn: arn = '', IsDefault: isDefault = false, Conditions = [], Actions = [] } of page.Rules ?? [])
        found.push({
          arn,
          isDefault,
          condition: Conditions.map(inWords).join(', '),
          targetGroupArns: groupsOf(Actions),
        });
      Marker = page.NextMarker;
    } while (Marker !== undefined);
  } catch (error) {
    if (isCode(error, 'ListenerNotFound')) return [];
    throw error;
  }
  return found;
}

function inWords({ Field = '', Values, HostHeaderConfig, PathPatternConfig }: RuleCondition): string {
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
