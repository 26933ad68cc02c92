import type {
  DescribeAccountLimitsInput,
  DescribeAccountLimitsOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../wire/service.ts';
import { GROUPS_PER_ACTION, GROUPS_PER_LOAD_BALANCER } from './listeners/actions.ts';
import { LISTENERS_PER_LOAD_BALANCER } from './listeners/create-listener.ts';
import { CERTIFICATES_PER_LOAD_BALANCER } from './listeners/listener-certificates.ts';
import { LOAD_BALANCERS_PER_REGION } from './load-balancers/create-load-balancer.ts';
import { page } from './paging.ts';
import { VALUES_PER_RULE, WILDCARDS_PER_RULE } from './rules/conditions.ts';
import { RULES_PER_LOAD_BALANCER } from './rules/create-rule.ts';
import { TARGET_GROUPS_PER_REGION } from './target-groups/create-target-group.ts';

// Source: Application Load Balancers User Guide, "Quotas"; ELB API reference, DescribeAccountLimits; checked 2026-11-22.
const LIMITS: Record<string, number> = {
  'application-load-balancers': LOAD_BALANCERS_PER_REGION,
  'listeners-per-application-load-balancer': LISTENERS_PER_LOAD_BALANCER,
  'rules-per-application-load-balancer': RULES_PER_LOAD_BALANCER,
  'condition-values-per-alb-rule': VALUES_PER_RULE,
  'condition-wildcards-per-alb-rule': WILDCARDS_PER_RULE,
  'certificates-per-application-load-balancer': CERTIFICATES_PER_LOAD_BALANCER,
  'target-groups': TARGET_GROUPS_PER_REGION,
  'target-groups-per-application-load-balancer': GROUPS_PER_LOAD_BALANCER,
  'target-groups-per-action-on-application-load-balancer': GROUPS_PER_ACTION,
  'targets-per-application-load-balancer': 1_000,
  'target-id-registrations-per-application-load-balancer': 1_000,
};

/** Describes how much of everything there may be. */
export function describeAccountLimits(): Operation<DescribeAccountLimitsInput, DescribeAccountLimitsOutput> {
  return {
    run({ PageSize, Marker }) {
      const { items, ...next } = page(Object.entries(LIMITS), { PageSize, Marker });
      return { Limits: items.map(([Name, max]) => ({ Name, Max: String(max) })), ...next };
    },
  };
}
