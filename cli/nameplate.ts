#!/usr/bin/env node
import { CommanderError } from 'commander';
import { ApiProblem } from './api-problem.ts';
import { examples } from './examples.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { paint, takesColors } from './paint.ts';
import { program } from './program.ts';
import { sayJson } from './session.ts';
import { shellWord } from './shell-word.ts';
import { endWhenUnread, stoppedBy } from './stop.ts';

/** Runs the command that was typed. What goes wrong becomes a sentence on stderr and an exit code. */
async function main(words: readonly string[]): Promise<void> {
  endWhenUnread();
  if (words.length === 0) return console.log(examples());
  try {
    await program().parseAsync(words, { from: 'user' });
  } catch (error) {
    // Commander has said what is wrong already.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
      return;
    }
    process.exitCode = exitCodeOf(error);
    if (stoppedBy(error)) return;
    console.error(error instanceof Error ? error.message : String(error));
    if (!(error instanceof ApiProblem)) return;
    if (words.includes('--json')) sayJson(error.problem);
    else
      console.error(
        `\n${paint('bold', 'Next:', takesColors(process.stderr))} ${error.next ?? ['nameplate', ...words].map(shellWord).join(' ')}`,
      );
  }
}

void main(process.argv.slice(2));
