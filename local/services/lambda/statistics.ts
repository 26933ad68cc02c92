/** What one function has done so far. Times in ms of AWS time. */
export interface FunctionStatistics {
  invocations: number;
  failures: number;
  coldStarts: number;
  /** Of each invocation, in order, without its cold start. */
  durationsMs: number[];
  /** Of each cold start, in order. */
  initMs: number[];
}

/** Counts what functions do, for whoever measures. */
export class Statistics {
  readonly #functions = new Map<string, FunctionStatistics>();

  add(
    name: string,
    { durationMs, initMs, failed }: { durationMs: number; initMs: number | undefined; failed: boolean },
  ): void {
    const known = this.#functions.get(name);
    const of = known ?? { invocations: 0, failures: 0, coldStarts: 0, durationsMs: [], initMs: [] };
    this.#functions.set(name, of);
    of.invocations++;
    of.durationsMs.push(durationMs);
    if (failed) of.failures++;
    if (initMs === undefined) return;
    of.coldStarts++;
    of.initMs.push(initMs);
  }

  /** By function name. */
  all(): Record<string, FunctionStatistics> {
    return Object.fromEntries(this.#functions);
  }
}
