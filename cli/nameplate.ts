#!/usr/bin/env node
import { CommanderError } from 'commander';
import { shellWord } from '../domain/shell-word.ts';
import { ApiProblem } from './api-problem.ts';
import { asTyped } from './as-typed.ts';
import { examples } from './examples.ts';
import { Ending, EXIT, exitCodeOf } from './exit-codes.ts';
import { paint, takesColors } from './paint.ts';
import { program } from './program.ts';
import { sayJson } from './session.ts';
import { endWhenUnread, endWithNpx, stoppedBy } from './stop.ts';
import { fitMessage } from './text/fit.ts';
import { widthOf } from './text/table.ts';
import { typedWords } from './typed-words.ts';

/** Runs the command that was typed. What goes wrong becomes a sentence on stderr and an exit code. */
async function main(words: readonly string[]): Promise<void> {
  endWhenUnread();
  endWithNpx();
  if (words.length === 0) return console.log(`${examples()}\n\nNext: ${asTyped('--help')}`);
  try {
    const nameplate = program();
    await nameplate.parseAsync(typedWords(nameplate, words), { from: 'user' });
  } catch (error) {
    // Commander has said what is wrong already.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
      return;
    }
    process.exitCode = exitCodeOf(error);
    if (stoppedBy(error)) return;
    sayWrong(error instanceof Error ? error.message : String(error));
    if (error instanceof ApiProblem && words.includes('--json')) return sayJson(error.problem);
    if (!(error instanceof Ending)) return;
    const again = error.again && asTyped([...words, ...error.again].map(shellWord).join(' '));
    const next = error instanceof ApiProblem ? (error.next ?? again) : again;
    if (next !== undefined) sayWrong(`\n${paint('bold', 'Next:', takesColors(process.stderr))} ${next}`);
  }
}

const sayWrong = (message: string): void => console.error(fitMessage(message, widthOf(process.stderr)));

void main(process.argv.slice(2));
