import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { program } from '../../cli/program.ts';
import { root } from '../support/paths.ts';

/** "maintenance on": each command that a person can type, of a command or of one that has commands. */
const pathsOf = (command: Command, before: readonly string[] = []): string[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => each.name() !== 'help')
    .flatMap((each) => {
      const path = [...before, each.name()];
      return each.commands.length > 0 ? pathsOf(each, path) : [path.join(' ')];
    });

test('every command of the program has a transcript', () => {
  const pages = globSync('docs/transcripts/*.md', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
  const typed = pages.flatMap((page) => [...page.matchAll(/^\$ nameplate (.*)$/gm)].map(([, words]) => `${words} `));
  const paths = pathsOf(program());
  expect(paths).toEqual(expect.arrayContaining(['deploy', 'maintenance on', 'alerts acknowledge']));
  expect(paths.filter((path) => !typed.some((words) => words.startsWith(`${path} `)))).toEqual([]);
});

test('every page of transcripts is one that the index leads to, and that a test compares', () => {
  const pages = globSync('docs/transcripts/*.md', { cwd: root }).map((file) => file.split('/').at(-1) ?? '');
  const index = readFileSync(join(root, 'docs/transcripts/README.md'), 'utf8');
  const tests = globSync('test/{cli,journeys}/**/*.ts', { cwd: root })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  for (const page of pages.filter((each) => each !== 'README.md')) {
    expect(index).toContain(`](${page})`);
    expect(tests).toMatch(new RegExp(`new Transcripts\\(\\s*'${page}'`));
  }
});
