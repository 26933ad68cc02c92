import type {
  DeleteRuleInput,
  DeleteRuleOutput,
  ModifyRuleInput,
  ModifyRuleOutput,
  SetRulePrioritiesInput,
  SetRulePrioritiesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { invalid, refuse } from '../errors.ts';
import { findRule } from '../find.ts';
import { readActions } from '../listeners/actions.ts';
import type { Listener } from '../listeners/listener.ts';
import { forgetRoutes, routesOf } from '../listeners/routes.ts';
import { existing, onOne } from '../permissions.ts';
import { readConditions } from './conditions.ts';
import { inOrder, type Rule, shownRule } from './rule.ts';

/** Changes what a rule looks for, or what it does. */
export function modifyRule(elb: Elb): Operation<ModifyRuleInput, ModifyRuleOutput> {
  return {
    ...onOne(elb, ({ RuleArn }) => RuleArn),
    run(input, call) {
      refuse(input, ['Transforms']);
      const region = elb.region(call.region);
      const { rule, listener } = findRule(region, input.RuleArn);
      mustNotBeDefault(rule, 'modified');
      if (!input.Conditions?.length && !input.Actions?.length) {
        throw invalid('Either conditions or actions must be specified');
      }
      const conditions = input.Conditions?.length ? readConditions(input.Conditions) : rule.conditions;
      const actions = input.Actions?.length ? readActions(region, input.Actions, listener) : rule.actions;
      const routes = routesOf(listener);
      Object.assign(rule, { conditions, actions });
      forgetRoutes(elb, listener.loadBalancer, routes);
      return { Rules: [shownRule(rule)] };
    },
  };
}

/** Deletes a rule; never the default one. */
export function deleteRule(elb: Elb): Operation<DeleteRuleInput, DeleteRuleOutput> {
  return {
    ...onOne(elb, ({ RuleArn }) => RuleArn),
    run({ RuleArn }, call) {
      const region = elb.region(call.region);
      const { rule, listener } = findRule(region, RuleArn);
      mustNotBeDefault(rule, 'deleted');
      const routes = routesOf(listener);
      listener.rules = listener.rules.filter((other) => other !== rule);
      region.tags.forget(rule.arn);
      forgetRoutes(elb, listener.loadBalancer, routes);
      return {};
    },
  };
}

/** Puts rules of a listener in another order, all at once. */
export function setRulePriorities(elb: Elb): Operation<SetRulePrioritiesInput, SetRulePrioritiesOutput> {
  return {
    resources: ({ RulePriorities = [] }, call) => RulePriorities.map(({ RuleArn }) => existing(elb, call, RuleArn)),
    run({ RulePriorities = [] }, call) {
      const region = elb.region(call.region);
      const wanted = RulePriorities.map(({ RuleArn, Priority = 0 }) => {
        const { rule, listener } = findRule(region, RuleArn);
        mustNotBeDefault(rule, 'modified');
        return { rule, listener, priority: Priority };
      });
      checkPriorities(wanted);
      for (const { rule, priority } of wanted) rule.priority = priority;
      for (const { listener } of wanted) listener.rules = inOrder(listener.rules);
      return { Rules: wanted.map(({ rule }) => shownRule(rule)) };
    },
  };
}

function checkPriorities(wanted: { rule: Rule; listener: Listener; priority: number }[]): void {
  if (new Set(wanted.map(({ listener }) => listener)).size > 1) {
    throw invalid('The rules must belong to the same listener');
  }
  const moving = new Set(wanted.map(({ rule }) => rule));
  for (const [index, { listener, priority }] of wanted.entries()) {
    if (wanted.findIndex((other) => other.priority === priority) !== index) {
      throw invalid(`Priority '${priority}' was provided multiple times`);
    }
    if (listener.rules.some((rule) => rule.priority === priority && !moving.has(rule))) {
      throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`);
    }
  }
}

function mustNotBeDefault({ arn, priority }: Rule, verb: string): void {
  if (priority === 'default') {
    throw new AwsError('OperationNotPermitted', `Default rule '${arn}' cannot be ${verb}`);
  }
}
