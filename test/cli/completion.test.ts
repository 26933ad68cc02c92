import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
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

const run = promisify(execFile);

async function inBash(words: readonly string[]): Promise<string[]> {
  const script = `source <(nameplate completion bash)
COMP_WORDS=(${array(words)}); COMP_CWORD=${words.length}; _nameplate; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return lines((await run('bash', ['--norc', '-c', script], { env })).stdout);
}

async function inZsh(words: readonly string[]): Promise<string[]> {
  // Its own functions of completion stand for those that a terminal would be shown by.
  const script = `compdef() { : }; compadd() { print -l -- "\${(P)2[@]}" }; _files() { print files }
source <(nameplate completion zsh)
words=(${array(words)}); CURRENT=${words.length + 1}; _nameplate`;
  return lines((await run('zsh', ['-fc', script], { env })).stdout);
}

test.each(CASES)('bash completes nameplate %j to %j', async (words, expected) => {
  expect(await inBash(words)).toEqual(expected);
});

for (const [words, expected] of CASES)
  testWith(
    'zsh',
    `zsh completes nameplate ${JSON.stringify(words)} to ${JSON.stringify(expected)}, or files`,
    async () => {
      expect(await inZsh(words)).toEqual(expected.length > 0 ? expected : ['files']);
    },
  );

describe('names of sites', () => {
  let api: Server;
  let asked: (string | undefined)[];
  let answers: boolean;

  beforeEach(async () => {
    asked = [];
    answers = true;
    api = createServer(({ url }, response) => {
      asked.push(url);
      const sites = ['app.example.com', 'shop.example.com'].map((domain) => ({ domain }));
      if (answers) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ sites }));
    }).listen(0, '127.0.0.1');
    await once(api, 'listening');
    env['NAMEPLATE_URL'] = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    delete env['NAMEPLATE_URL'];
    api.closeAllConnections();
    api.close();
  });

  test('are completed where a domain stands, and asked for once in half a minute', async () => {
    expect(await inBash(['show', 's'])).toEqual(['shop.example.com']);
    expect(await inBash(['maintenance', 'on', ''])).toEqual(['app.example.com', 'shop.example.com']);
    expect(await inBash(['show', '--watch', 'a'])).toEqual(['app.example.com']);
    expect(asked).toHaveLength(1);
    expect(await inBash(['show', 'shop.example.com', ''])).toEqual([]);
    await inBash(['show', '--tenant', 'acme', '']);
    expect(asked.at(-1)).toMatch(/[?&]tenant=acme$/);
  });

  testWith('zsh', 'are completed by zsh', async () => {
    expect(await inZsh(['delete', 'app'])).toEqual(['app.example.com']);
  });

  test('are none where the API does not answer in time', async () => {
    answers = false;
    expect(await inBash(['show', 's'])).toEqual([]);
    expect(asked).toHaveLength(1);
  });
});
