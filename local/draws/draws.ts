import { createHash } from 'node:crypto';

/** One delay that was drawn, in seconds of AWS time. */
export interface Drawn {
  /** What takes this long: "acm:issue", "elasticloadbalancing:active". */
  what: string;
  /** Whom it concerns: a domain name, an ARN, a change id. */
  subject: string;
  seconds: number;
}

/**
 * Delays and coin tosses, drawn from a seed. A draw depends on the seed, on what is drawn and on how often that was
 * drawn before, and on nothing else: two services never shift each other's luck, so a seed replays.
 */
export class Draws {
  readonly seed: number;
  /** Everything drawn so far by `seconds`, in order. */
  readonly drawn: Drawn[] = [];
  readonly #counts = new Map<string, number>();

  constructor(seed: number) {
    this.seed = seed;
  }

  /** Uniform between `min` and `max`, in seconds. */
  seconds(what: string, subject: string, { min, max }: { min: number; max: number }): number {
    const seconds = min + this.fraction(what) * (max - min);
    this.drawn.push({ what, subject, seconds });
    return seconds;
  }

  /** Uniform in [0, 1). */
  fraction(what: string): number {
    const count = this.#counts.get(what) ?? 0;
    this.#counts.set(what, count + 1);
    return createHash('sha256').update(`${this.seed}\0${what}\0${count}`).digest().readUInt32BE(0) / 2 ** 32;
  }

  /** `length` lower-case hexadecimal digits: for ids. */
  hex(what: string, length: number): string {
    let digits = '';
    while (digits.length < length)
      digits += Math.floor(this.fraction(what) * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return digits.slice(0, length);
  }
}
