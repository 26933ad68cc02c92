import type { Activity } from '../../../clock/activity.ts';
import type { Integration } from '../integrations/integration.ts';
import { EvaluationError } from '../language/expression.ts';
import { StateFailure } from '../language/failure.ts';
import { bytesOf, type Json, type JsonObject } from '../language/json.ts';
import type { Leaving } from '../language/leaving.ts';
import type { NumberField } from '../language/number-field.ts';
import type { State, Workflow } from '../language/state.ts';
import type { Template } from '../language/template.ts';
import { Branch, type Item, unlessCalledOff } from './branch.ts';
import type { Execution } from './execution.ts';
import { type Fork, runBranches } from './fork.ts';
import type { Details, EventType } from './history.ts';
import { type Performance, perform } from './perform.ts';

export type { Item } from './branch.ts';

/** Bytes that a state's input, arguments, result or output may have. Source: Step Functions guide, "Quotas"; checked 2026-11-22. */
export const MAX_BYTES = 262_144;

/** How a state is left. */
export interface Leave {
  /** The state that follows; undefined at the end of the workflow. */
  next: string | undefined;
  output: Json;
  assigned: JsonObject | undefined;
}

/** What an expression sees beside the state's input and the variables. */
export interface Extras {
  result?: Json;
  errorOutput?: Json;
  item?: Item;
  token?: string;
}

/** One state being visited by one branch, over all its attempts. */
export class Visit {
  readonly execution: Execution;
  readonly branch: Branch;
  readonly state: State;
  readonly input: Json;
  readonly enteredAt: Date;
  /** The first attempt after a redrive: the branches inside go on from where they stood. */
  resumed: boolean;
  retryCount = 0;
  /** A branch of this Parallel or Map has failed in this attempt. */
  forkFailed = false;
  enteredId: number;
  readonly #activity: Activity;

  constructor(options: { execution: Execution; branch: Branch; state: State; activity: Activity; resumed: boolean }) {
    this.execution = options.execution;
    this.branch = options.branch;
    this.state = options.state;
    this.input = options.branch.position.input;
    this.resumed = options.resumed;
    this.enteredAt = options.execution.clock.now();
    this.enteredId = options.branch.lastEventId;
    this.#activity = options.activity;
  }

  now(): Date {
    return this.execution.clock.now();
  }

  /** Adds an event to the history that follows the branch's last one, and is the last one then. */
  log(type: EventType, details: Details = {}): number {
    this.branch.signal.throwIfAborted();
    this.branch.lastEventId = this.execution.history.add(type, this.branch.lastEventId, details);
    return this.branch.lastEventId;
  }

  /** Adds an event beside the branch's line: what comes next doesn't follow it. */
  note(type: EventType): void {
    this.branch.signal.throwIfAborted();
    this.execution.history.add(type, this.branch.lastEventId);
  }

  /** Throws StateFailure where an expression fails. */
  evaluate(template: Template, extras: Extras = {}): Promise<Json> {
    return this.#evaluating(template.evaluate(this.execution.bindings(this, extras)));
  }

  number(field: NumberField): Promise<number> {
    return this.#evaluating(field.evaluate(this.execution.bindings(this, {})));
  }

  /** The failure for an expression whose result its field cannot take. */
  refuse({ expressions: [expression] }: Template, words: string): StateFailure {
    return expression ? this.#evaluationFailed(expression.refuse(words)) : this.failure('States.Runtime', words);
  }

  /** A failure that the interpreter raises itself. */
  failure(error: string, words: string): StateFailure {
    const where = `An error occurred while executing the state '${this.state.name}' (entered at the event id #${this.enteredId}).`;
    return new StateFailure(error, `${where} ${words}`);
  }

  /** Throws StateFailure when the data are more than a state may pass on. */
  limit(value: Json, of = this.state.name): void {
    if (bytesOf(value) <= MAX_BYTES) return;
    const cause = `The state/task '${of}' returned a result with a size exceeding the maximum number of bytes service limit.`;
    throw new StateFailure('States.DataLimitExceeded', cause);
  }

  async leave({
    output,
    assign,
    next,
    ...extras
  }: Partial<Leaving> & Extras & { next: string | undefined }): Promise<Leave> {
    const otherwise = extras.result ?? extras.errorOutput ?? this.input;
    const value = output
      ? await this.evaluate(output, extras)
      : 'result' in extras
        ? (extras.result ?? null)
        : otherwise;
    const assigned = assign ? ((await this.evaluate(assign, extras)) as JsonObject) : undefined;
    this.limit(value);
    this.limit(assigned ?? {});
    return { next, output: value, assigned };
  }

  /** Waits for something; meanwhile it doesn't count as work. Rejects with CalledOff when the branch is. */
  async pause<T>(waiting: Promise<T>): Promise<T> {
    const value = await this.#activity.pause(unlessCalledOff(waiting, this.branch.signal));
    this.branch.signal.throwIfAborted();
    return value;
  }

  wait(ms: number): Promise<void> {
    return this.pause(this.execution.clock.wait(ms, this.branch.signal));
  }

  newToken(): string {
    return this.execution.newToken();
  }

  perform(integration: Integration, performance: Performance): Promise<Json> {
    return perform(this, integration, performance);
  }

  openBranches(opened: { workflow: Workflow; input: Json; item?: Item }[]): void {
    const { lastEventId } = this.branch;
    this.branch.inner = opened.map((options) => new Branch({ ...options, lastEventId, outer: this.branch }));
  }

  runBranches(fork: Fork): Promise<Json[]> {
    return runBranches(this, fork);
  }

  async #evaluating<T>(evaluation: Promise<T>): Promise<T> {
    try {
      return await evaluation;
    } catch (thrown) {
      throw thrown instanceof EvaluationError ? this.#evaluationFailed(thrown) : thrown;
    }
  }

  #evaluationFailed({ source, field, message }: EvaluationError): StateFailure {
    const words = `The JSONata expression '${source}' specified for the field '${field}' ${message}`;
    const failure = this.failure('States.QueryEvaluationError', words.endsWith('.') ? words : `${words}.`);
    this.log('EvaluationFailed', {
      evaluationFailedEventDetails: { ...failure.details, location: field, state: this.state.name },
    });
    return failure;
  }
}
