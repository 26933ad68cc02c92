import type { DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { filtered } from '../filters.ts';
import { checkId, notFound } from '../ids.ts';
import { page } from '../paging.ts';
import { shownRule } from './rule.ts';

/** Describes the rules of the region's security groups, each by itself. */
export function describeSecurityGroupRules(
  ec2: Ec2,
): Operation<DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResult> {
  return {
    run({ SecurityGroupRuleIds, Filters, MaxResults, NextToken }, call) {
      const region = ec2.region(call.region);
      const all = [...region.groups.values()].flatMap((group) =>
        [...group.rules.values()].map((rule) => ({ group, rule })),
      );
      const asked = SecurityGroupRuleIds?.map((id) => {
        checkId('rule', id);
        const one = all.find(({ rule }) => rule.ruleId === id);
        if (!one) throw notFound('rule', id);
        return one;
      });
      const found = filtered(asked?.length ? asked : all, Filters, {
        fields: {
          'group-id': ({ group }) => group.groupId,
          'security-group-rule-id': ({ rule }) => rule.ruleId,
        },
        tags: ({ rule }) => region.tags.of(rule.ruleId),
      });
      const { items, ...next } = page(found, { MaxResults, NextToken, ids: SecurityGroupRuleIds });
      return {
        SecurityGroupRules: items.map(({ rule, group }) => shownRule(rule, group, { account: call.account, region })),
        ...next,
      };
    },
  };
}
