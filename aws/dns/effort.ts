import { DnsFailure } from './query.ts';

/**
 * Most questions that answering one takes, those for the addresses of name servers included: what a zone's owner writes
 * into a delegation must not multiply (NXNSAttack). A zone whose 13 name servers lie in 13 other zones takes some 80.
 */
const MAX_QUERIES = 100;

/** How deep name servers' own names may have to be looked up. */
const MAX_DEPTH = 4;

/** What is left for answering one question of ours, however many others it takes. */
export class Effort {
  readonly #depth: number;
  readonly #budget: { queries: number };

  constructor(depth = 0, budget = { queries: MAX_QUERIES }) {
    this.#depth = depth;
    this.#budget = budget;
  }

  /** Whether this is for the question itself, and not for the address of a name server on its way. */
  get isOwn(): boolean {
    return this.#depth === 0;
  }

  /**
   * For the address of a name server on the way.
   *
   * @throws {DnsFailure} when it lies too deep
   */
  below(server: string): Effort {
    if (this.#depth < MAX_DEPTH) return new Effort(this.#depth + 1, this.#budget);
    throw new DnsFailure(`Cannot find the address of "${server}": too many names on the way`);
  }

  /**
   * Takes one question from what is left.
   *
   * @throws {DnsFailure} beginning with `cannot`, when nothing is left
   */
  spend(cannot: string): void {
    if (this.#budget.queries <= 0)
      throw new DnsFailure(`${cannot}: ${MAX_QUERIES} questions did not lead to an answer`);
    this.#budget.queries -= 1;
  }
}
