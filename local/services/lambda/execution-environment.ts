import { Worker } from 'node:worker_threads';
import type { NetworkLink } from './network.ts';
import type { InvocationError, InvokeMessage, RuntimeMessage, WorkerMessage, WorkerSetup } from './worker/messages.ts';

/** How an invocation ended. `memoryMb` is unknown when the environment did not live to tell. */
export type Outcome =
  | { payload: string; memoryMb: number | undefined }
  | { error: InvocationError; memoryMb: number | undefined };

export interface EnvironmentOptions {
  /** The path of the runtime's entry, in plain JavaScript. */
  runtime: string;
  setup: Omit<WorkerSetup, 'routes'>;
  network: NetworkLink;
  /** All of `process.env` inside. */
  variables: Record<string, string>;
  memoryMb: number;
  revision: number;
  logStream: string;
  /** When the role's credentials inside end, in ms of AWS time. */
  expiresAt: number;
}

/**
 * The young generation's share of a worker's heap. Node's own default triples a worker's resident size, and a function
 * that waits for AWS most of the time has little young.
 */
const youngGenerationMb = 4;

/** One execution environment: a worker thread with the function's code loaded. Takes one invocation at a time. */
export class ExecutionEnvironment {
  readonly revision: number;
  readonly logStream: string;
  readonly expiresAt: number;
  /** Settles once the code is loaded; with the error when it could not be. */
  readonly ready: Promise<InvocationError | undefined>;
  /** Hears what the function prints. */
  onOutput: (text: string) => void = () => {};
  /** Hears that the function only waits for connections that nothing answers, until its next timer; undefined: no longer. */
  onSilence: (until: number | undefined) => void = () => {};
  invocations = 0;
  readonly #worker: Worker;
  #requestId: string | undefined;
  #settle: ((outcome: Outcome) => void) | undefined;
  /** Why it ended, when something ended it. */
  #cause: InvocationError | undefined;
  #alive = true;
  /** Who waits to hear of the timers, in the order that they asked. */
  readonly #timersAsked: ((at: number | undefined) => void)[] = [];

  constructor({ runtime, setup, network, variables, memoryMb, ...kept }: EnvironmentOptions) {
    this.revision = kept.revision;
    this.logStream = kept.logStream;
    this.expiresAt = kept.expiresAt;
    this.#worker = new Worker(runtime, {
      workerData: { ...setup, routes: network.link } satisfies WorkerSetup,
      transferList: [network.link.port],
      env: variables,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngGenerationMb },
    });
    this.ready = new Promise((resolve) => {
      this.#worker.on('message', (message: WorkerMessage) => {
        if (message.type === 'output') this.onOutput(message.text);
        if (message.type === 'ready') {
          // An idle environment must not keep the process alive.
          this.#worker.unref();
          resolve(undefined);
        }
        if (message.type === 'silence') this.onSilence(message.at);
        if (message.type === 'timer') this.#timersAsked.shift()?.(message.at);
        if (message.type === 'broken') this.#cause ??= message.error;
        if (message.type === 'result') this.#finish(message);
        if (message.type === 'error') this.#finish(message);
      });
      this.#worker.on('error', (error: NodeJS.ErrnoException) => {
        this.#cause ??=
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? this.#exitError('Runtime exited with error: signal: killed')
            : { errorType: 'Runtime.Unknown', errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
      });
      this.#worker.on('exit', (code) => {
        this.#alive = false;
        network.close();
        const error = this.#cause ?? this.#exitError(exitSentence(code));
        resolve(error);
        this.#finish({ error, memoryMb: undefined });
        for (const answer of this.#timersAsked.splice(0)) answer(undefined);
      });
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  get busy(): boolean {
    return this.#settle !== undefined;
  }

  /** Runs the handler. Never rejects: what goes wrong inside is an outcome. */
  invoke(message: InvokeMessage): Promise<Outcome> {
    this.invocations++;
    this.#requestId = message.requestId;
    this.#worker.ref();
    return new Promise((settle) => {
      this.#settle = settle;
      if (this.#alive) this.#tell({ type: 'invoke', invocation: message });
      else this.#finish({ error: this.#cause ?? this.#exitError(exitSentence(1)), memoryMb: undefined });
    });
  }

  /** When the function's next long timer is due, in ms of AWS time; undefined when it has none. */
  nextTimer(): Promise<number | undefined> {
    return this.#askTimers({ type: 'next timer' });
  }

  /** Fires the function's long timers that are due by `until`, in ms of AWS time. Resolves once the sockets that they close are closed. */
  async fireTimers(until: number): Promise<void> {
    await this.#askTimers({ type: 'fire timers', until });
  }

  /** Ends the thread at once. A running invocation ends with `cause`, or as a killed process would. */
  async end(cause?: InvocationError): Promise<void> {
    this.#cause ??= cause ?? this.#exitError('Runtime exited with error: signal: killed');
    await this.#worker.terminate();
  }

  #tell(message: RuntimeMessage): void {
    this.#worker.postMessage(message);
  }

  #askTimers(message: RuntimeMessage): Promise<number | undefined> {
    if (!this.#alive) return Promise.resolve(undefined);
    return new Promise((answer) => {
      this.#timersAsked.push(answer);
      this.#tell(message);
    });
  }

  #finish(outcome: Outcome): void {
    const settle = this.#settle;
    this.#settle = undefined;
    this.#worker.unref();
    settle?.(outcome);
  }

  #exitError(sentence: string): InvocationError {
    return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${this.#requestId ?? ''} Error: ${sentence}` };
  }
}

const exitSentence = (code: number): string =>
  code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
