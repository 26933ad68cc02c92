import type { Service } from '../../wire/service.ts';

/**
 * Token buckets per action, in the large regions.
 * Source: Step Functions guide, "Quotas related to API action throttling" and "Other quotas"; checked 2026-11-22.
 */
export const RATES: NonNullable<Service['rates']> = {
  code: 'ThrottlingException',
  actions: {
    StartExecution: { burst: 1300, perSecond: 300 },
    RedriveExecution: { burst: 1300, perSecond: 300 },
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
