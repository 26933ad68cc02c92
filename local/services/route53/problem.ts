/** A name or value Route 53's DNS parser rejects, worded as it words it. */
export class Problem extends Error {
  override readonly name = 'Problem';

  /** `what` is the parser's own name for it: "DomainLabelEmpty". */
  constructor(what: string, { text, met }: { text: string; met: string }) {
    super(`FATAL problem: ${what} (${text}) encountered with '${met}'`);
  }

  /** The same problem, met in the value of a record. */
  inValue(): Problem {
    this.message = `Invalid Resource Record: '${this.message}'`;
    return this;
  }
}
