import type { Clock } from '../clock/clock.ts';
import { AwsError, type Call } from './service.ts';
import { Written } from './written.ts';

/** What a question was answered: with an output or with an error, as both age alike. */
type Answer = { at: number; output: unknown } | { at: number; error: AwsError };

/** What questions were answered before, for reads that are to be stale. */
export class EarlierAnswers {
  readonly #clock: Clock;
  readonly #answers = new Map<string, Answer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The answer that the same question had at most `seconds` of AWS time ago; undefined when it had none. */
  find(call: Call, input: unknown, seconds: number): Answer | undefined {
    const answer = this.#answers.get(keyOf(call, input));
    return answer && this.#now() - answer.at <= seconds * 1000 ? answer : undefined;
  }

  /** Answers and remembers the answer. */
  async keep(call: Call, input: unknown, answer: () => Promise<unknown>): Promise<unknown> {
    try {
      const output = await answer();
      this.#answers.set(keyOf(call, input), { at: this.#now(), output: copyOf(output) });
      return output;
    } catch (error) {
      if (error instanceof AwsError) this.#answers.set(keyOf(call, input), { at: this.#now(), error });
      throw error;
    }
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

/** Every account has answers of its own. */
function keyOf({ account, service, region, operation }: Call, input: unknown): string {
  return `${account} ${service} ${region} ${operation} ${JSON.stringify(input)}`;
}

/** What it is now, whatever becomes of it. By hand, because a Date of another realm is none to an encoder. */
function copyOf(value: unknown): unknown {
  if (value instanceof Date) return new Date(value);
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Written)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}
