import type { JsonObject } from '../language/json.ts';
import type { StateType } from '../language/state.ts';
import type { Extras, Visit } from './visit.ts';

const RETRIED: readonly StateType[] = ['Task', 'Parallel', 'Map'];

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
    State: {
      Name: state.name,
      EnteredTime: enteredAt.toISOString(),
      // Recordings of AWS have none for a Pass.
      ...(RETRIED.includes(state.type) && { RetryCount: retryCount }),
    },
    ...(current ? { Map: { Item: { ...current } } } : {}),
    ...(token === undefined ? {} : { Task: { Token: token } }),
  };
}
