import { Activity } from '../../clock/activity.ts';
import type { Host } from '../../host.ts';
import { AwsError } from '../../wire/service.ts';
import type { Environments } from './environments.ts';
import type { ExecutionEnvironment, Outcome } from './execution-environment.ts';
import type { LambdaFunction } from './function.ts';
import type { Functions } from './functions.ts';
import { endLine, reportLine, startLine } from './platform-log.ts';
import type { Statistics } from './statistics.ts';
import type { InvocationError } from './worker/messages.ts';

/**
 * Concurrent invocations of all functions of an account and region, without a raised quota, of which new accounts have
 * less (10 is seen); and how many of them can't be reserved.
 * Source: Lambda "Quotas" and "Reserved concurrency"; checked 2026-11-22.
 */
export const DEFAULT_CONCURRENCY = 1000;
const MIN_UNRESERVED = 100;

/** Of an account with so many; one that has fewer than can't be reserved can reserve none. */
export const minUnreserved = (concurrency: number): number => Math.min(MIN_UNRESERVED, concurrency);

/** How long loading the code may take, in ms. Source: Lambda "Runtime environment lifecycle", Init phase; checked 2026-11-22. */
const initLimitMs = 10_000;

/** No invocation takes longer, in ms. Source: Lambda "Quotas", function timeout; checked 2026-11-22. */
const MAX_TIMEOUT_MS = 15 * 60_000;

/** The largest answer, in bytes. Source: Lambda "Quotas", invocation payload, synchronous; checked 2026-11-22. */
const maxAnswerBytes = 6 * 1024 * 1024;

/** What an invocation came to, and the end of its log. */
export interface Invoked {
  outcome: Outcome;
  log: string;
}

/** What is asked of a function. */
export interface Invocation {
  requestId: string;
  event: string;
  /** Lets the function that waits for the answer rest too, until somebody is heard. */
  restCaller?: (heard: AbortSignal) => unknown;
}

interface Working extends Pick<Invocation, 'restCaller'> {
  work: Activity;
}

/** Runs functions: the concurrency limits, one environment for each invocation, its time limit, its log lines. */
export class Invoker {
  readonly #host: Host;
  readonly #functions: Functions;
  readonly #environments: Environments;
  readonly #statistics: Statistics;
  /** How many invocations may run at once. */
  readonly concurrency: number;
  /** How many invocations of each function run now, by ARN. */
  readonly #running = new Map<string, number>();
  /** What counts as work, by the environment that does it. */
  readonly #working = new Map<ExecutionEnvironment, Working>();
  #resting = 0;

  constructor(
    host: Host,
    parts: {
      functions: Functions;
      environments: Environments;
      statistics: Statistics;
      concurrency?: number | undefined;
    },
  ) {
    this.concurrency = parts.concurrency ?? DEFAULT_CONCURRENCY;
    this.#host = host;
    this.#functions = parts.functions;
    this.#environments = parts.environments;
    this.#statistics = parts.statistics;
  }

  /** Counts as work from start to end. Throws TooManyRequestsException; what fails inside the function is an outcome. */
  async run(lambda: LambdaFunction, { requestId, event, restCaller }: Invocation): Promise<Invoked> {
    this.#checkConcurrency(lambda);
    this.#running.set(lambda.arn, this.#runningOf(lambda) + 1);
    const work = new Activity(this.#host.clock);
    try {
      return await this.#environments.use(lambda, async (environment, { cold }) => {
        const lines: string[] = [];
        const write = environment.onOutput;
        environment.onOutput = (text) => {
          lines.push(text);
          write(text);
        };
        this.#working.set(environment, { work, ...(restCaller && { restCaller }) });
        let heard: AbortController | undefined;
        environment.onSilence = (at) => {
          heard?.abort();
          heard = undefined;
          if (at === undefined) return;
          heard = new AbortController();
          restCaller?.(heard.signal);
          void this.#restUntil(at, environment, heard.signal);
        };
        try {
          const outcome = await this.#runIn(environment, { lambda, requestId, event, cold });
          return { outcome, log: lines.join('') };
        } finally {
          environment.onSilence(undefined);
          this.#working.delete(environment);
          environment.onOutput = write;
        }
      });
    } finally {
      work.end();
      this.#running.set(lambda.arn, this.#runningOf(lambda) - 1);
    }
  }

  /** How many functions wait for an answer that doesn't come. */
  get resting(): number {
    return this.#resting;
  }

  /**
   * Lets AWS time go on while a function waits for an answer that doesn't come: to its next timer, and to the one after,
   * until it has let go. It must not do anything else meanwhile.
   */
  async rest(environment: ExecutionEnvironment, letGo: AbortSignal): Promise<void> {
    this.#working.get(environment)?.restCaller?.(letGo);
    while (this.#working.has(environment) && !letGo.aborted) {
      const at = await environment.nextTimer();
      await this.#restUntil(at ?? this.#host.clock.now().getTime() + MAX_TIMEOUT_MS, environment, letGo);
    }
  }

  /** Lets AWS time go on to the instant of a function's next timer. */
  async #restUntil(at: number, environment: ExecutionEnvironment, letGo: AbortSignal): Promise<void> {
    const work = this.#working.get(environment)?.work;
    if (!work || letGo.aborted) return;
    this.#resting++;
    await work.wait(at - this.#host.clock.now().getTime(), letGo);
    this.#resting--;
    if (letGo.aborted) return;
    await environment.fireTimers(at);
    // What it closed is heard of here within these turns.
    for (let turn = 0; turn < 3; turn++) await new Promise((next) => setImmediate(next));
  }

  #runningOf({ arn }: LambdaFunction): number {
    return this.#running.get(arn) ?? 0;
  }

  async #runIn(
    environment: ExecutionEnvironment,
    { lambda, requestId, event, cold }: { lambda: LambdaFunction; requestId: string; event: string; cold: boolean },
  ): Promise<Outcome> {
    const { clock, draws } = this.#host;
    const { timeoutSeconds, logFormat, memoryMb: memorySizeMb } = lambda.settings;
    const print = (line: string): void => environment.onOutput(line);
    const createdAt = clock.now().getTime();
    const broken = cold
      ? await this.#within(initLimitMs, environment, { requestId, act: () => environment.ready })
      : undefined;
    const startedAt = clock.now().getTime();
    const initMs = cold ? startedAt - createdAt : undefined;
    print(startLine(logFormat, requestId, clock.now()));
    const outcome: Outcome = broken
      ? { error: broken, memoryMb: undefined }
      : await this.#within(timeoutSeconds * 1000, environment, {
          requestId,
          act: () =>
            environment.invoke({
              requestId,
              event,
              deadline: startedAt + timeoutSeconds * 1000,
              functionArn: lambda.arn,
              traceId:
                `Root=1-${Math.floor(startedAt / 1000).toString(16)}-${draws.hex('lambda:trace', 24)};` +
                `Parent=${draws.hex('lambda:span', 16)};Sampled=${lambda.settings.tracing === 'Active' ? 1 : 0}`,
            }),
        });
    const limited = withinAnswerLimit(outcome);
    const at = clock.now();
    const durationMs = at.getTime() - startedAt;
    const timedOut = 'error' in limited && limited.error.errorType === 'Sandbox.Timedout';
    if ('error' in limited && limited.memoryMb === undefined) {
      print(`${timedOut ? `${at.toISOString()} ${requestId} ` : ''}${limited.error.errorMessage}\n`);
    }
    print(endLine(logFormat, requestId, at));
    print(
      reportLine(logFormat, {
        requestId,
        at,
        durationMs,
        initMs,
        memorySizeMb,
        memoryUsedMb: limited.memoryMb ?? memorySizeMb,
        status: timedOut ? 'timeout' : 'error' in limited ? 'error' : 'success',
      }),
    );
    this.#statistics.add(lambda.name, { durationMs, initMs, failed: 'error' in limited });
    return limited;
  }

  /** Ends the environment when `act` takes longer. */
  async #within<T>(
    limitMs: number,
    environment: ExecutionEnvironment,
    { requestId, act }: { requestId: string; act: () => Promise<T> },
  ): Promise<T> {
    const timer = this.#host.clock.after(limitMs, () => environment.end(timedOut(requestId, limitMs)));
    try {
      return await act();
    } finally {
      timer.cancel();
    }
  }

  #checkConcurrency(lambda: LambdaFunction): void {
    const all = this.#functions.all(lambda.region);
    const reserved = lambda.reservedConcurrency;
    const rest = all.filter(({ reservedConcurrency }) => reservedConcurrency === undefined);
    const limit =
      reserved ?? this.concurrency - all.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
    const running =
      reserved === undefined ? rest.reduce((sum, other) => sum + this.#runningOf(other), 0) : this.#runningOf(lambda);
    if (running < limit) return;
    throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
      Type: 'User',
      Reason:
        reserved === undefined
          ? 'ConcurrentInvocationLimitExceeded'
          : 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
  }
}

const timedOut = (requestId: string, limitMs: number): InvocationError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(limitMs / 1000).toFixed(2)} seconds`,
});

function withinAnswerLimit(outcome: Outcome): Outcome {
  if (!('payload' in outcome) || Buffer.byteLength(outcome.payload) <= maxAnswerBytes) return outcome;
  return {
    error: {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size exceeded maximum allowed payload size (${maxAnswerBytes} bytes).`,
    },
    memoryMb: outcome.memoryMb,
  };
}
