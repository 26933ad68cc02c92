import type { Command } from 'commander';

const HELP = '--help';

/**
 * What was typed, as the grammar takes it: options that stand before the command go behind it, and "help plan" is "plan --help".
 * Help of a command that there is not becomes that command alone, which the grammar refuses with the near one.
 */
export function typedWords(nameplate: Command, words: readonly string[]): string[] {
  const typed = optionsBehind(nameplate, words);
  if (!typed.some((word) => ['help', HELP, '-h'].includes(word))) return typed;
  let at = nameplate;
  const path: string[] = [];
  for (const [index, word] of typed.entries()) {
    if (at.commands.length === 0 || word.startsWith('-')) break;
    if (word === 'help') return typedWords(nameplate, [...path, ...typed.slice(index + 1), HELP]);
    const found = at.commands.find((command) => command.name() === word);
    path.push(word);
    if (!found) return path;
    at = found;
  }
  return typed;
}

/** An option whose value is the name of a command ends without one, which is refused. */
function optionsBehind({ commands }: Command, words: readonly string[]): string[] {
  const [first = ''] = words;
  const begins = words.findIndex((word) => word === 'help' || commands.some((command) => command.name() === word));
  if (!first.startsWith('-') || first === '--' || first === '--version' || begins === -1) return [...words];
  return [...words.slice(begins), ...words.slice(0, begins)];
}
