import type {
  DescribeAccountLimitsInput,
  DescribeAccountLimitsOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../wire/service.ts';
import { page } from './paging.ts';

// Source: Application Load Balancers User Guide, "Quotas"; ELB API reference, DescribeAccountLimits; checked 2026-11-22.
const LIMITS: Record<string, number> = {
  'application-load-balancers': 50,
  'listeners-per-application-load-balancer': 50,
  'rules-per-application-load-balancer': 100,
  'condition-values-per-alb-rule': 5,
  'condition-wildcards-per-alb-rule': 6,
  'certificates-per-application-load-balancer': 25,
  'target-groups': 3_000,
  'target-groups-per-application-load-balancer': 100,
  'target-groups-per-action-on-application-load-balancer': 5,
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
