import type { Rate } from '../../clock/token-bucket.ts';
import type { Service } from '../../wire/service.ts';

/** Regions with the larger bucket for starts. Source: Step Functions guide, "Quotas related to API action throttling"; checked 2026-11-29. */
const LARGE_REGIONS: ReadonlySet<string> = new Set(['us-east-1', 'us-west-2', 'eu-west-1']);
const LARGE_STARTS: Rate = { burst: 1300, perSecond: 300 };
const OTHER_STARTS: Rate = { burst: 800, perSecond: 150 };

/**
 * Token buckets per action, those of starts by region. `starts` is for an account with a lower quota.
 * Source: Step Functions guide, "Quotas related to API action throttling" and "Other quotas"; checked 2026-11-22.
 */
export function ratesIn(
  region: string,
  starts: Rate = LARGE_REGIONS.has(region) ? LARGE_STARTS : OTHER_STARTS,
): NonNullable<Service['rates']> {
  return {
    code: 'ThrottlingException',
    actions: {
      StartExecution: starts,
      RedriveExecution: starts,
      StopExecution: { burst: 1000, perSecond: 200 },
      DescribeExecution: { burst: 300, perSecond: 15 },
      ListExecutions: { burst: 200, perSecond: 5 },
      GetExecutionHistory: { burst: 400, perSecond: 20 },
      CreateStateMachine: { burst: 100, perSecond: 1 },
      UpdateStateMachine: { burst: 100, perSecond: 1 },
      DeleteStateMachine: { burst: 100, perSecond: 1 },
      DescribeStateMachine: { burst: 200, perSecond: 20 },
      DescribeStateMachineForExecution: { burst: 200, perSecond: 1 },
      ListStateMachines: { burst: 100, perSecond: 5 },
      ListTagsForResource: { burst: 100, perSecond: 1 },
      TagResource: { burst: 200, perSecond: 1 },
      UntagResource: { burst: 200, perSecond: 1 },
      SendTaskSuccess: { burst: 3000, perSecond: 500 },
      SendTaskFailure: { burst: 3000, perSecond: 500 },
      SendTaskHeartbeat: { burst: 3000, perSecond: 500 },
    },
  };
}
