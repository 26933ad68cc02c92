import type { DescribeRulesInput, DescribeRulesOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { invalid } from '../errors.ts';
import { checkArn, findListener } from '../find.ts';
import { page } from '../paging.ts';
import { shownRule } from './rule.ts';

/** Describes the rules of a listener in the order that they are tried, or those of the ARNs. */
export function describeRules(elb: Elb): Operation<DescribeRulesInput, DescribeRulesOutput> {
  return {
    run({ ListenerArn, RuleArns, PageSize, Marker }, call) {
      const region = elb.region(call.region);
      if ((ListenerArn === undefined) === !RuleArns?.length) {
        throw invalid('You must specify either listener rule ARNs or a listener ARN');
      }
      const rules = RuleArns?.length
        ? RuleArns.map((arn) => {
            checkArn(arn, 'listener-rule');
            const found = region.rule(arn);
            if (!found) throw new AwsError('RuleNotFound', 'One or more rules not found');
            return found.rule;
          })
        : findListener(region, ListenerArn).rules;
      const { items, ...next } = page(rules, { PageSize, Marker });
      return { Rules: items.map(shownRule), ...next };
    },
  };
}
