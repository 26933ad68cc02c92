import { Remembered } from '../remembered.ts';

/** What is remembered of a stack: neither of it is a secret. */
export interface KnownStack {
  /** Where its API is. */
  url: string;
  account: string;
}

/** An API's address stays for the life of its stack; a stack that was made anew is noticed within a day at the latest. */
const FRESH_MS = 24 * 3_600_000;

/** The addresses of stacks that were looked up before, by who asked for which: another profile may be another account. */
export const knownStacks = (env = process.env): Remembered<KnownStack> =>
  new Remembered('stacks.json', { freshMs: FRESH_MS, env });
