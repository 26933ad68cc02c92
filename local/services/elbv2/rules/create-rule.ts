import type { CreateRuleInput, CreateRuleOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { refuse } from '../errors.ts';
import { findListener } from '../find.ts';
import { readActions } from '../listeners/actions.ts';
import { listenersOf } from '../load-balancers/load-balancer.ts';
import { onOne, requestTags, taggingOnCreation } from '../permissions.ts';
import { readTags } from '../tags/tag-set.ts';
import { checkTargetsOf } from '../target-groups/checks.ts';
import { readConditions } from './conditions.ts';
import { inOrder, newRuleArn, type Rule, shownRule } from './rule.ts';

// Source: Application Load Balancers User Guide, "Quotas": rules besides default ones; checked 2026-11-22.
export const RULES_PER_LOAD_BALANCER = 100;

/** Adds a rule to a listener. */
export function createRule(elb: Elb): Operation<CreateRuleInput, CreateRuleOutput> {
  return {
    ...onOne(elb, ({ ListenerArn }) => ListenerArn),
    conditions: ({ Tags }) => requestTags(Tags),
    dependents: ({ ListenerArn = '', Tags }, call) =>
      taggingOnCreation(Tags, call, `listener-rule/${ListenerArn.split(':listener/')[1]}/*`),
    run(input, call) {
      refuse(input, ['Transforms']);
      const region = elb.region(call.region);
      const listener = findListener(region, input.ListenerArn);
      const { loadBalancer } = listener;
      const priority = input.Priority ?? 0;
      if (listener.rules.some((rule) => rule.priority === priority)) {
        throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`);
      }
      const rules = listenersOf(loadBalancer).flatMap((other) => other.rules.slice(0, -1));
      if (rules.length >= RULES_PER_LOAD_BALANCER) {
        throw new AwsError(
          'TooManyRules',
          `The maximum number of rules has been reached on load balancer '${loadBalancer.arn}'`,
        );
      }
      const tags = readTags(input.Tags);
      const rule: Rule = {
        arn: newRuleArn(elb, region, listener.path),
        priority,
        conditions: readConditions(input.Conditions),
        actions: readActions(region, input.Actions, listener),
      };
      listener.rules = inOrder([...listener.rules, rule]);
      region.tags.put(rule.arn, tags);
      checkTargetsOf(elb, loadBalancer);
      return { Rules: [shownRule(rule)] };
    },
  };
}
