import { FAILURE_NAMES, type FailureName } from '../errors.ts';
import { printable } from '../printable.ts';
import { adviceWhenEnded, adviceWhenStopped } from './life/advice.ts';
import type { OperationName, UndoTarget } from './life/operations.ts';

/**
 * What a Catch of the states language passes on: `$states.errorOutput`. The cause is the JSON of the failed step's name and of its
 * own cause; that of a former version's workflow is the latter alone.
 */
export interface CaughtError {
  Error?: string;
  Cause?: string;
}

/** A step as far as it tells where an operation broke. */
interface StepStanding {
  name: string;
  state: 'running' | 'waiting' | 'done' | 'failed';
  startedAt: string;
  endedAt?: string;
}

/** Why a site isn't live: at which step, what kind of failure, and a sentence that ends with what to do. */
export interface FailureReason {
  step: string;
  error: FailureName | 'Cancelled' | 'Unknown';
  message: string;
}

/**
 * The reason of an error that came out of the workflow, told by the steps of that operation. `again` says how to begin
 * anew, where the step's own sentence doesn't.
 */
export function reasonOf(
  { Error: name = '', Cause: cause = '' }: CaughtError,
  steps: readonly StepStanding[],
  { again = 'declare the site again' }: { again?: string } = {},
): FailureReason {
  const failed = failedIn(cause);
  const said = printable(messageOf(failed.cause));
  const error = FAILURE_NAMES.find((known) => known === name) ?? 'Unknown';
  return { step: failed.step ?? brokenStep(steps), error, message: printable(sentence(error, { name, said, again })) };
}

/** The steps of an operation that has ended early, and where an undo of it leads. */
interface Stopped {
  steps: readonly StepStanding[];
  to: UndoTarget;
}

/** The reason of a site whose operation was stopped, at the step it was at. */
export function cancelledReason({ steps, to }: Stopped): FailureReason {
  return { step: brokenStep(steps), error: 'Cancelled', message: `Stopped on request: ${adviceWhenStopped(to)}` };
}

/** Why an operation's steps end where a new version was deployed meanwhile, at the step it was at. */
export function supersededReason(steps: readonly StepStanding[]): FailureReason {
  const message = 'A new version of Nameplate was deployed: the operation begins again under its workflow';
  return { step: brokenStep(steps), error: 'Superseded', message };
}

/** The reason of a site whose workflow ended and did not say why itself, by how Step Functions says it ended. */
export function stoppedReason(
  status: 'ABORTED' | 'TIMED_OUT' | 'FAILED',
  { steps, to, operation }: Stopped & { operation: OperationName },
): FailureReason {
  const next = adviceWhenEnded(operation, to);
  const step = brokenStep(steps);
  if (status === 'ABORTED')
    return { step, error: 'Cancelled', message: `Its execution was stopped in Step Functions: ${next}` };
  const how = status === 'TIMED_OUT' ? 'It ran out of time' : 'It failed, and could not say why';
  return { step, error: 'Unknown', message: `${how}: look into the log of the step, then ${next}` };
}

function sentence(
  error: FailureName | 'Unknown',
  { name, said, again }: { name: string; said: string; again: string },
): string {
  switch (error) {
    case 'NotReady':
    case 'Awaited':
      return `Gave up waiting: ${said}; see to it, then ${again}`;
    case 'Throttled':
      return `Gave up trying: ${said}; ${again} later`;
    case 'Unknown':
      if (name === 'States.Timeout') return `The step did not end in time; ${again} to go on where it stopped`;
      return `Something unexpected stopped it (${[name, said].filter(Boolean).join(': ')}); look into the log of the step, then ${again}`;
    default:
      return said;
  }
}

/** The step that the workflow names, and the cause as it was. */
function failedIn(cause: string): { step?: string; cause: string } {
  const named = parsed(cause);
  const isNamed = typeof named === 'object' && named !== null && 'step' in named && 'cause' in named;
  return isNamed ? { step: String(named.step), cause: String(named.cause) } : { cause };
}

/** Undefined for what is not JSON, or was cut. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Lambda packs its error into JSON, of which the workflow hands on the beginning; other causes are text. */
function messageOf(cause: string): string {
  const whole = parsed(cause);
  if (whole !== undefined) {
    const { errorMessage } = (whole ?? {}) as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : cause;
  }
  const [, begun] = /"errorMessage":"((?:[^"\\]|\\.)*)/.exec(cause) ?? [];
  return begun === undefined ? cause : JSON.parse(`"${begun.replace(/\\u[0-9a-f]{0,3}$/i, '')}"`);
}

/** Where nothing names the step: the one that failed last, else the one that was begun last and has not ended, else the last one. */
function brokenStep(steps: readonly StepStanding[]): string {
  const unfinished = steps.filter(({ state }) => state !== 'done');
  const failed = last(
    unfinished.filter(({ state }) => state === 'failed'),
    ({ endedAt = '' }) => endedAt,
  );
  const begun = last(unfinished, ({ startedAt }) => startedAt);
  return (failed ?? begun ?? last(steps, ({ startedAt }) => startedAt))?.name ?? 'Onboard';
}

function last(steps: readonly StepStanding[], instant: (step: StepStanding) => string): StepStanding | undefined {
  return steps.reduce<StepStanding | undefined>(
    (latest, step) => (latest && instant(latest) > instant(step) ? latest : step),
    undefined,
  );
}
