import type { ExecutionStatus, HistoryEvent } from '@aws-sdk/client-sfn';
import type { Clock, Timer } from '../../../clock/clock.ts';
import type { Draws } from '../../../draws/draws.ts';
import type { Dispatch } from '../../../wire/service.ts';
import type { Bindings } from '../language/expression.ts';
import { StateFailure } from '../language/failure.ts';
import { statesFunctions } from '../language/functions.ts';
import type { Json } from '../language/json.ts';
import type { Revision } from '../machines/revision.ts';
import { Branch, CalledOff } from './branch.ts';
import { contextOf } from './context.ts';
import { History } from './history.ts';
import { runBranch } from './run-branch.ts';
import type { Tokens } from './tokens.ts';
import type { Extras, Visit } from './visit.ts';

/** The longest that an execution lives. Source: Step Functions guide, "Quotas"; checked 2026-11-22. */
const MAX_SECONDS = 365 * 86_400;

/** What executions stand on. */
export interface Engine {
  clock: Clock;
  draws: Draws;
  tokens: Tokens;
  /** Calls another service as the role of the state machine. */
  dispatchAs(revision: Revision): ExecutionDispatch;
  onEvent(execution: Execution, event: HistoryEvent): void;
  onStatus(execution: Execution): void;
}

export type ExecutionDispatch = (
  request: Pick<Parameters<Dispatch>[0], 'service' | 'operation' | 'input'>,
) => Promise<unknown>;

export interface Ending {
  status: Exclude<ExecutionStatus, 'RUNNING' | 'PENDING_REDRIVE'>;
  output?: Json;
  error?: string | undefined;
  cause?: string | undefined;
}

/** One execution of a state machine, on the revision that it started with. */
export class Execution {
  readonly arn: string;
  readonly name: string;
  readonly revision: Revision;
  readonly input: Json;
  readonly startDate: Date;
  readonly history: History;
  readonly root: Branch;
  readonly dispatch: ExecutionDispatch;
  ending: Ending | undefined;
  stopDate: Date | undefined;
  redriveCount = 0;
  redriveDate: Date | undefined;
  /** State transitions as Standard workflows are billed: each state entered, each retry. */
  transitions = 0;
  readonly #engine: Engine;
  #limit: Timer | undefined;

  constructor(
    engine: Engine,
    { arn, name, revision, input }: { arn: string; name: string; revision: Revision; input: Json },
  ) {
    this.arn = arn;
    this.name = name;
    this.revision = revision;
    this.input = input;
    this.#engine = engine;
    this.startDate = engine.clock.now();
    this.history = new History(engine.clock, (event) => engine.onEvent(this, event));
    this.root = new Branch({ workflow: revision.definition.workflow, input, lastEventId: 0 });
    this.dispatch = engine.dispatchAs(revision);
  }

  get clock(): Clock {
    return this.#engine.clock;
  }

  get draws(): Draws {
    return this.#engine.draws;
  }

  get tokens(): Tokens {
    return this.#engine.tokens;
  }

  get region(): string {
    return this.revision.region;
  }

  get status(): ExecutionStatus {
    return this.ending?.status ?? 'RUNNING';
  }

  start(): void {
    const executionStartedEventDetails = {
      input: JSON.stringify(this.input),
      inputDetails: { truncated: false },
      roleArn: this.revision.roleArn,
    };
    this.history.add('ExecutionStarted', 0, { executionStartedEventDetails });
    this.#run();
  }

  /** Goes on from the states that failed or were cut short. */
  redrive(): void {
    this.redriveCount++;
    this.redriveDate = this.clock.now();
    this.ending = undefined;
    this.stopDate = undefined;
    const previous = this.history.events.length;
    const executionRedrivenEventDetails = { redriveCount: this.redriveCount };
    this.root.reopen(this.history.add('ExecutionRedriven', previous, { executionRedrivenEventDetails }));
    this.#run();
  }

  /** Ends it now, whatever it is at. Does nothing once it has ended. */
  end(ending: Ending): void {
    if (this.ending) return;
    this.ending = ending;
    this.stopDate = this.clock.now();
    this.#limit?.cancel();
    this.#logEnd(ending);
    this.root.callOff();
    this.#engine.onStatus(this);
  }

  countTransition(): void {
    if (this.revision.deleting()) this.end({ status: 'ABORTED' });
    this.root.signal.throwIfAborted();
    this.transitions++;
  }

  newToken(): string {
    const bytes = Buffer.from(this.draws.hex('states:token', 192), 'hex');
    return `AQCEAAAAKgAAAAMAAAAAAAAAA${bytes.toString('base64')}`;
  }

  bindings(visit: Visit, extras: Extras): Bindings {
    const { result, errorOutput } = extras;
    return {
      ...visit.branch.scope.all(),
      ...statesFunctions({ draws: this.draws, now: this.clock.now() }),
      states: {
        input: visit.input,
        ...(result === undefined ? {} : { result }),
        ...(errorOutput === undefined ? {} : { errorOutput }),
        context: contextOf(visit, extras),
      },
    };
  }

  #run(): void {
    const seconds = this.revision.definition.timeoutSeconds ?? MAX_SECONDS;
    this.#limit = this.clock.after(seconds * 1000, () => this.end({ status: 'TIMED_OUT' }));
    this.#engine.onStatus(this);
    runBranch(this.root, this).then(
      (output) => this.end({ status: 'SUCCEEDED', output }),
      (thrown) => this.#failed(thrown),
    );
  }

  #failed(thrown: unknown): void {
    if (thrown instanceof CalledOff) return;
    this.end({ status: 'FAILED', ...endingOf(thrown) });
  }

  #logEnd({ status, output = null, error, cause }: Ending): void {
    const why = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
    const { lastEventId } = this.root;
    if (status === 'SUCCEEDED') {
      const outcome = { output: JSON.stringify(output), outputDetails: { truncated: false } };
      this.history.addLast('ExecutionSucceeded', lastEventId, { executionSucceededEventDetails: outcome });
    } else if (status === 'FAILED') {
      this.history.addLast('ExecutionFailed', lastEventId, { executionFailedEventDetails: why });
    } else if (status === 'TIMED_OUT') {
      const executionTimedOutEventDetails = { error: 'States.Timeout' };
      this.history.addLast('ExecutionTimedOut', 0, { executionTimedOutEventDetails });
    } else {
      this.history.addLast('ExecutionAborted', 0, { executionAbortedEventDetails: why });
    }
  }
}

/** What the execution says of it; anything but a state's failure is a mistake of ours and is printed. */
function endingOf(thrown: unknown): Pick<Ending, 'error' | 'cause'> {
  // A Fail without an Error leaves none.
  if (thrown instanceof StateFailure) return { error: thrown.error || undefined, cause: thrown.reason };
  console.error(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { error: 'States.Runtime', cause: `Internal failure of the local AWS: ${message}` };
}
