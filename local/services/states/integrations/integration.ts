import type { Draws } from '../../../draws/draws.ts';
import type { ExecutionDispatch } from '../execution/execution.ts';
import type { Json } from '../language/json.ts';

/** How history events name what a task calls. */
export type TaskResource =
  | {
      family: 'task' /** "aws-sdk:sns", "lambda" */;
      type: string /** "publish", "invoke.waitForTaskToken" */;
      action: string;
    }
  | { family: 'lambda'; arn: string };

export interface Calling {
  region: string;
  draws: Draws;
  dispatch: ExecutionDispatch;
}

/** What a Task's Resource stands for. */
export interface Integration {
  resource: TaskResource;
  /** As the service's own messages name it: "lambda". */
  name: string;
  /** The task ends when its token comes back, not when the call is answered. */
  waitsForToken: boolean;
  /** What is wrong with the arguments, as far as it can be seen before they are evaluated. */
  check(given: Json | undefined): Promise<string[]>;
  /** Makes the call and returns its result. Throws StateFailure. */
  call(given: Json, calling: Calling): Promise<Json>;
}
