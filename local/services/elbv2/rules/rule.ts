import type { Action, Rule as ShownRule } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Elb } from '../elb.ts';
import { shownActions } from '../listeners/actions.ts';
import type { Region } from '../region.ts';
import { type Condition, shownCondition } from './conditions.ts';

export interface Rule {
  arn: string;
  /** Lower comes first. */
  priority: number | 'default';
  /** All must hold; none for the default rule. */
  conditions: Condition[];
  actions: Action[];
}

/** "…:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee" */
export const newRuleArn = (elb: Elb, region: Region, listenerPath: string): string =>
  elb.arn(region, `listener-rule/${listenerPath}/${elb.host.draws.hex('elasticloadbalancing:id', 16)}`);

/** The rule that every listener ends with. */
export const defaultRule = (
  elb: Elb,
  region: Region,
  { path, actions }: { path: string; actions: Action[] },
): Rule => ({
  arn: newRuleArn(elb, region, path),
  priority: 'default',
  conditions: [],
  actions,
});

/** In the order that they are tried. */
export const inOrder = (rules: Rule[]): Rule[] => rules.toSorted((a, b) => rank(a) - rank(b));

const rank = ({ priority }: Rule): number => (priority === 'default' ? Number.POSITIVE_INFINITY : priority);

/** As DescribeRules shows it. */
export const shownRule = ({ arn, priority, conditions, actions }: Rule): ShownRule => ({
  RuleArn: arn,
  Priority: String(priority),
  Conditions: conditions.map(shownCondition),
  Actions: shownActions(actions),
  IsDefault: priority === 'default',
});
