import { StateFailure } from '../language/failure.ts';
import type { Json } from '../language/json.ts';
import type { Branch } from './branch.ts';
import { logCalledOff, logFailed } from './called-off.ts';
import { runBranch } from './run-branch.ts';
import type { Visit } from './visit.ts';

export interface Fork {
  /** How many run at once. */
  concurrency: number;
  /** They are a Map's iterations, which have events of their own. */
  iterations?: boolean;
  toleratedCount?: number | undefined;
  toleratedPercentage?: number | undefined;
}

/**
 * Runs the branches that a visit has opened and are not done. The first failure that is not tolerated calls the others
 * off and is the state's own. Returns the outputs in the branches' order.
 */
export async function runBranches(visit: Visit, fork: Fork): Promise<Json[]> {
  const { branch: outer } = visit;
  const all = outer.inner;
  const waiting = all.filter(({ status }) => status !== 'done');
  let failures = 0;

  async function lane(): Promise<void> {
    let follows = outer.lastEventId;
    for (let branch = waiting.shift(); branch; branch = waiting.shift()) {
      branch.lastEventId = follows;
      follows = await one(branch);
    }
  }

  /** Returns the event that the lane's next iteration follows. */
  async function one(branch: Branch): Promise<number> {
    if (fork.iterations) log(visit, branch, 'MapIterationStarted');
    try {
      await runBranch(branch, visit.execution);
    } catch (thrown) {
      if (!(thrown instanceof StateFailure)) throw thrown;
      const failed = branch.lastEventId;
      if (fork.iterations) log(visit, branch, 'MapIterationFailed');
      const failure = tolerated(fork, { failures: ++failures, of: all.length, thrown });
      if (!failure) {
        branch.output = thrown.output;
        return branch.lastEventId;
      }
      waiting.length = 0;
      callOff(visit, { failed: branch, eventId: failed, iterations: fork.iterations === true });
      throw failure;
    }
    visit.branch.signal.throwIfAborted();
    const follows = branch.lastEventId;
    if (fork.iterations) log(visit, branch, 'MapIterationSucceeded');
    outer.lastEventId = branch.lastEventId;
    return follows;
  }

  const lanes = Array.from({ length: Math.min(fork.concurrency, waiting.length) }, lane);
  await visit.pause(Promise.all(lanes));
  return all.map(({ output }) => output);
}

type IterationEvent = 'MapIterationStarted' | 'MapIterationSucceeded' | 'MapIterationFailed';

function log({ execution, state }: Visit, branch: Branch, type: IterationEvent): void {
  const details = { name: state.name, index: branch.item?.Index ?? 0 };
  const key = { MapIterationStarted: 'Started', MapIterationSucceeded: 'Succeeded', MapIterationFailed: 'Failed' }[
    type
  ];
  branch.lastEventId = execution.history.add(type, branch.lastEventId, {
    [`mapIteration${key}EventDetails`]: details,
  });
}

/** The failure that the whole state has now, if it has. */
function tolerated(
  { toleratedCount, toleratedPercentage }: Fork,
  { failures, of, thrown }: { failures: number; of: number; thrown: StateFailure },
): StateFailure | undefined {
  if (toleratedCount === undefined && toleratedPercentage === undefined) return thrown;
  const tooMany = failures > (toleratedCount ?? Infinity) || (100 * failures) / of > (toleratedPercentage ?? 100);
  const cause = 'The specified tolerated failure threshold was exceeded';
  return tooMany ? new StateFailure('States.ExceedToleratedFailureThreshold', cause) : undefined;
}

/** What the history says of a Parallel or Map whose branch has failed, once nothing retries it any more. */
export function logForkFailed({ branch, execution: { history }, state, forkFailed }: Visit): void {
  if (!forkFailed || history.full) return;
  branch.lastEventId = history.add(state.type === 'Map' ? 'MapStateFailed' : 'ParallelStateFailed', branch.lastEventId);
}

/** At once, so that nothing else happens in the others after the failure. */
function callOff(
  visit: Visit,
  { failed, eventId, iterations }: { failed: Branch; eventId: number; iterations: boolean },
): void {
  const { branch: outer, execution, state } = visit;
  const options = { history: execution.history, eventId, iterationsOf: iterations ? state.name : undefined };
  logFailed(failed, options);
  for (const branch of outer.inner) {
    if (branch.status !== 'running') continue;
    logCalledOff(branch, options);
    branch.callOff();
  }
  outer.lastEventId = eventId;
  visit.forkFailed = true;
}
