/** One call as the log keeps it: never a body, never a secret. */
export interface LoggedCall {
  /** AWS time the call came in at. */
  at: Date;
  service: string;
  operation: string;
  /** The caller's ARN, or the service that called for itself. */
  principal: string;
  /** Of a chained role: the ARN of the session that assumed it. */
  assumedBy?: string;
  region: string;
  /** Whether the operation, by its verb, changes anything. */
  mutating: boolean;
  /** The code of the error it ended with. */
  error?: string;
  /** How long it took, in ms of AWS time. */
  ms: number;
}

const READING =
  /^(?:Describe|Get|List|Head|Query|Scan|BatchGet|Test|Search|Simulate|Lookup|Validate|AssumeRole|Invoke$)/;

/** Whether an operation's verb says that it changes something. */
export const isMutating = (operation: string): boolean => !READING.test(operation);

/** How many calls are kept; the counts go on beyond. */
const KEPT = 20_000;

/** Every call that was made, the newest last. */
export class CallLog {
  #calls: LoggedCall[] = [];
  #dropped = 0;
  readonly #counts = new Map<string, number>();

  add(call: LoggedCall): void {
    this.#calls.push(call);
    this.#counts.set(call.service, (this.#counts.get(call.service) ?? 0) + 1);
    if (this.#calls.length <= KEPT) return;
    this.#calls.shift();
    this.#dropped++;
  }

  /** Where the log ends now, to be given to `since` later. */
  mark(): number {
    return this.#dropped + this.#calls.length;
  }

  /** The calls made after a mark; from the beginning without one. */
  since(mark = 0): LoggedCall[] {
    return this.#calls.slice(Math.max(0, mark - this.#dropped));
  }

  /** How many calls each service has had: { acm: 4, route53: 7 }. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
