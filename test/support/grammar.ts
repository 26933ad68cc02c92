import type { Command } from 'commander';
import { program } from '../../cli/program.ts';

/**
 * Parses words as the command does, and does nothing.
 *
 * @throws {CommanderError} where the command would not take them
 */
export function parse(words: readonly string[]): void {
  const root = program();
  idle(root);
  root.parse(words, { from: 'user' });
}

function idle(command: Command): void {
  command.configureOutput({ writeErr: () => {} }).action(() => {});
  command.commands.forEach(idle);
}

/** The commands that an output says to go on with, in words. */
export const nextCommands = (printed: string): string[][] =>
  [...printed.matchAll(/^Next: nameplate (.*)$/gm)].map(([, line = '']) =>
    [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
  );
