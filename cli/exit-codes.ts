import { stoppedBy } from './stop.ts';

/** What a script can tell from how a command ends; docs/command.md lists them. */
export const EXIT = {
  done: 0,
  /** The operation failed, or what was looked at is not well. */
  failed: 1,
  /** The words on the command line, a file or the AWS configuration cannot be used. */
  usage: 2,
  /** It goes on once a person has done something elsewhere. */
  waiting: 3,
  /** The API, AWS or the person at the question said no; nothing was changed. */
  refused: 4,
  /** Ctrl-C, as shells have it. Nothing was changed, or what runs on AWS goes on. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

interface EndingOptions extends ErrorOptions {
  /** The same command helps next, with these words besides. */
  again?: readonly string[];
}

/** An end that a command expects: one sentence for a person, and an exit code for a script. */
export class Ending extends Error {
  readonly exitCode: number;
  readonly again: readonly string[] | undefined;

  constructor(message: string, exitCode: number, { again, ...options }: EndingOptions = {}) {
    super(message, options);
    this.exitCode = exitCode;
    this.again = again;
  }
}

/** How a command ends that threw this. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Ending) return error.exitCode;
  return stoppedBy(error)?.exitCode ?? EXIT.failed;
}
