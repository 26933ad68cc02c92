import { OUTLASTING } from './outage.ts';
import type { Task } from './states.ts';

/** EventBridge answers 200 where it took the call and not the event. */
const TAKEN = "{% $states.result.FailedEntryCount = 0 ? {} : $error('EventBridge did not take the event') %}";

/** A task that calls AWS itself. Its errors don't tell a service that is busy from one that refuses: all are retried. */
export function calling({ Retry = [], ...task }: Task): Task {
  return {
    TimeoutSeconds: 60,
    Retry: [...Retry, { ErrorEquals: ['States.ALL'], ...OUTLASTING }],
    ...(task.Resource?.endsWith(':putEvents') && { Output: TAKEN }),
    ...task,
  };
}
