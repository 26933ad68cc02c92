import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BuiltCommand } from '../support/built-command.ts';
import { testWith } from '../support/installed.ts';

let nameplate: BuiltCommand;
let env: Record<string, string>;
beforeAll(() => {
  nameplate = new BuiltCommand();
  symlinkSync(nameplate.file, join(nameplate.folder, 'nameplate'));
  env = {
    HOME: nameplate.folder,
    PATH: [nameplate.folder, dirname(process.execPath), process.env['PATH']].join(delimiter),
  };
});
afterAll(() => nameplate.remove());

const CASES = [
  [['mai'], ['maintenance']],
  [['l'], ['list', 'local']],
  [
    ['maintenance', ''],
    ['drill', 'help', 'off', 'on', 'schedule', 'windows'],
  ],
  [
    ['undo', 'shop.example.com', '--to', ''],
    ['live', 'nothing'],
  ],
  [
    ['show', '--wa'],
    ['--wait', '--watch'],
  ],
  [
    ['completion', ''],
    ['bash', 'zsh'],
  ],
  [['plan', 'sit'], []],
] as const;

/** Words of a shell's array. */
const array = (words: readonly string[]): string => ['nameplate', ...words].map((word) => `'${word}'`).join(' ');
const lines = (printed: string): string[] => printed.split('\n').filter((line) => line !== '');

test.each(CASES)('bash completes nameplate %j to %j', (words, expected) => {
  const script = `source <(nameplate completion bash)
COMP_WORDS=(${array(words)}); COMP_CWORD=${words.length}; _nameplate; printf '%s\\n' "\${COMPREPLY[@]}"`;
  expect(lines(execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8', env }))).toEqual(expected);
});

/** Its own functions of completion stand for those that a terminal would be shown by. */
for (const [words, expected] of CASES)
  testWith(
    'zsh',
    `zsh completes nameplate ${JSON.stringify(words)} to ${JSON.stringify(expected)}, or files`,
    async () => {
      const script = `compdef() { : }; compadd() { print -l -- "\${(P)2[@]}" }; _files() { print files }
source <(nameplate completion zsh)
words=(${array(words)}); CURRENT=${words.length + 1}; _nameplate`;
      const found = lines(execFileSync('zsh', ['-fc', script], { encoding: 'utf8', env }));
      expect(found).toEqual(expected.length > 0 ? expected : ['files']);
    },
  );
