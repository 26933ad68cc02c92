import { Activity } from '../../../clock/activity.ts';
import type { Timer } from '../../../clock/clock.ts';
import type { Integration } from '../integrations/integration.ts';
import { StateFailure } from '../language/failure.ts';
import type { Json } from '../language/json.ts';
import { taskEvents } from './task-events.ts';
import type { Visit } from './visit.ts';

/** What one attempt of a Task is given. */
export interface Performance {
  given: Json;
  /** Of a task that ends when its token comes back, not when the call does. */
  token: string | undefined;
  timeoutSeconds: number | undefined;
  heartbeatSeconds: number | undefined;
}

/** Does a Task's work once, within its limits. Throws StateFailure. */
export async function perform(visit: Visit, integration: Integration, performance: Performance): Promise<Json> {
  const { given, token, timeoutSeconds, heartbeatSeconds } = performance;
  const events = taskEvents(visit, integration);
  events.scheduled(given, { timeoutSeconds, heartbeatSeconds });
  events.started();
  const end = Promise.withResolvers<Json>();
  const limits = limitsOf(visit, performance, end.reject);
  if (token !== undefined) {
    visit.execution.tokens.open(token, {
      region: visit.execution.region,
      succeed: end.resolve,
      fail: (error, cause) => end.reject(new StateFailure(error, cause)),
      beat: limits.beat,
    });
  }
  let over = false;
  call(visit, integration, given).then((output) => {
    if (token === undefined) end.resolve(output);
    else if (!over) events.submitted(output);
  }, end.reject);
  try {
    const result = await visit.pause(end.promise);
    visit.limit(result, integration.name);
    events.succeeded(result);
    return result;
  } catch (thrown) {
    if (thrown instanceof StateFailure) events.failed(thrown);
    throw thrown;
  } finally {
    over = true;
    limits.cancel();
    if (token !== undefined) visit.execution.tokens.close(token);
  }
}

/** The call itself. It counts as work but for the time that the service called takes, which counts its own. */
async function call({ execution }: Visit, integration: Integration, given: Json): Promise<Json> {
  const activity = new Activity(execution.clock);
  try {
    return await integration.call(given, {
      region: execution.region,
      draws: execution.draws,
      dispatch: (request) => activity.pause(execution.dispatch(request)),
    });
  } finally {
    activity.end();
  }
}

function limitsOf(
  { execution: { clock } }: Visit,
  { timeoutSeconds, heartbeatSeconds }: Performance,
  reject: (failure: StateFailure) => void,
): { beat: () => void; cancel: () => void } {
  // Both are reported as "States.Timeout"; only ErrorEquals can tell the missed heartbeat apart.
  const after = (seconds: number | undefined, alias?: string): Timer | undefined =>
    seconds === undefined
      ? undefined
      : clock.after(seconds * 1000, () =>
          reject(new StateFailure('States.Timeout', undefined, alias === undefined ? {} : { alias })),
        );
  const whole = after(timeoutSeconds);
  let heartbeat = after(heartbeatSeconds, 'States.HeartbeatTimeout');
  return {
    beat: () => {
      heartbeat?.cancel();
      heartbeat = after(heartbeatSeconds, 'States.HeartbeatTimeout');
    },
    cancel: () => {
      whole?.cancel();
      heartbeat?.cancel();
    },
  };
}
