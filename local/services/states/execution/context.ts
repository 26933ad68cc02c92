import type { JsonObject } from '../language/json.ts';
import type { Extras, Visit } from './visit.ts';

/** The context object, `$states.context`. Source: Step Functions guide, "Accessing execution data from the Context object"; checked 2026-11-22. */
export function contextOf(
  { execution, branch, state, enteredAt, retryCount }: Visit,
  { item, token }: Extras,
): JsonObject {
  const { revision, redriveDate } = execution;
  const current = item ?? branch.item;
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.input,
      StartTime: execution.startDate.toISOString(),
      Name: execution.name,
      RoleArn: revision.roleArn,
      RedriveCount: execution.redriveCount,
      ...(redriveDate ? { RedriveTime: redriveDate.toISOString() } : {}),
    },
    StateMachine: { Id: revision.stateMachineArn, Name: revision.stateMachineName },
    State: { Name: state.name, EnteredTime: enteredAt.toISOString(), RetryCount: retryCount },
    ...(current ? { Map: { Item: { ...current } } } : {}),
    ...(token === undefined ? {} : { Task: { Token: token } }),
  };
}
