import { Activity } from '../../../clock/activity.ts';
import { matches } from '../language/error-names.ts';
import { StateFailure } from '../language/failure.ts';
import type { Json } from '../language/json.ts';
import { delaySeconds, type Retrier } from '../language/retrier.ts';
import type { State } from '../language/state.ts';
import type { Branch } from './branch.ts';
import type { Execution } from './execution.ts';
import { logForkFailed } from './fork.ts';
import { logEntered, logExited } from './state-events.ts';
import { type Leave, Visit } from './visit.ts';

/**
 * How long Step Functions takes from one state to the next, in seconds.
 * Source: none published; an estimate from execution histories; checked 2026-11-22.
 */
const TRANSITION_SECONDS = { min: 0.02, max: 0.06 };

/** Runs a branch from where it stands to its end and returns its output. Throws StateFailure, or CalledOff. */
export async function runBranch(branch: Branch, execution: Execution): Promise<Json> {
  const activity = new Activity(execution.clock);
  // A branch that stands inside a state has been there before: it is being redriven.
  let resumed = branch.inside !== undefined;
  branch.status = 'running';
  try {
    for (;;) {
      const { next, output } = await visitState(branch, { execution, activity, resumed });
      resumed = false;
      branch.inside = undefined;
      branch.inner = [];
      if (next === undefined) {
        branch.output = output;
        branch.status = 'done';
        return output;
      }
      branch.position = { state: next, input: output };
    }
  } catch (thrown) {
    if (!branch.signal.aborted) branch.status = 'failed';
    throw thrown;
  } finally {
    activity.end();
  }
}

async function visitState(
  branch: Branch,
  { execution, activity, resumed }: { execution: Execution; activity: Activity; resumed: boolean },
): Promise<Leave> {
  const state = stateAt(branch);
  const { min, max } = TRANSITION_SECONDS;
  const seconds = min + execution.draws.fraction(`states:transition:${execution.arn}:${state.name}`) * (max - min);
  await activity.pause(execution.clock.wait(seconds * 1000, branch.signal));
  execution.countTransition();
  const visit = new Visit({ execution, branch, state, activity, resumed });
  branch.inside = { type: state.type, name: state.name };
  if (!resumed) logEntered(visit);
  visit.limit(visit.input);
  const leave = await attempts(visit);
  branch.scope.assign(leave.assigned ?? {});
  logExited(visit, leave);
  return leave;
}

function stateAt({ workflow, position }: Branch): State {
  const state = workflow.states.get(position.state);
  if (!state) throw new TypeError(`Cannot enter the state "${position.state}": it is not in the definition`);
  return state;
}

/** Tries until it works, the retriers are used up, or a catcher takes over. */
async function attempts(visit: Visit): Promise<Leave> {
  const { state, execution } = visit;
  const used = new Map<Retrier, number>();
  for (;;) {
    visit.forkFailed = false;
    try {
      return await state.run(visit);
    } catch (thrown) {
      if (!(thrown instanceof StateFailure)) throw thrown;
      const retrier = state.retry.find(({ errorEquals }) => matches(errorEquals, thrown));
      const count = retrier ? (used.get(retrier) ?? 0) : 0;
      if (retrier && count < retrier.maxAttempts) {
        used.set(retrier, count + 1);
        const fraction = () => execution.draws.fraction(`states:jitter:${execution.arn}:${state.name}`);
        await visit.wait(1000 * delaySeconds(retrier, count, fraction));
        execution.countTransition();
        visit.retryCount++;
        visit.resumed = false;
        continue;
      }
      logForkFailed(visit);
      const catcher = state.catch.find(({ errorEquals }) => matches(errorEquals, thrown));
      if (!catcher) throw thrown;
      return await visit.leave({ ...catcher, errorOutput: thrown.output });
    }
  }
}
