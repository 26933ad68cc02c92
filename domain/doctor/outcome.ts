import type { Finding } from './finding.ts';
import type { Seen } from './seen.ts';

/** Something that could not be looked at from here, which says nothing about the name. */
export interface Unseen {
  what: string;
  why: string;
}

/** Something that is well. */
export interface Passed {
  message: string;
  /** The addresses that it was seen at; empty when it is about the name itself. */
  at: string[];
}

/** What a check made of what was seen. */
export interface Outcome {
  findings: Finding[];
  passed: Passed[];
  unseen: Unseen[];
}

export type Check = (seen: Seen) => Outcome;

/** An outcome of some of these. */
export function outcome({ findings = [], passed = [], unseen = [] }: Partial<Outcome> = {}): Outcome {
  return { findings, passed, unseen };
}

/** A line about what is well, at one address or of the name itself. */
export function well(message: string, at?: string): Passed {
  return { message, at: at === undefined ? [] : [at] };
}

/** Several outcomes as one. */
export function together(outcomes: readonly Outcome[]): Outcome {
  return {
    findings: outcomes.flatMap(({ findings }) => findings),
    passed: outcomes.flatMap(({ passed }) => passed),
    unseen: outcomes.flatMap(({ unseen }) => unseen),
  };
}
