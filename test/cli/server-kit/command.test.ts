import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MAC_KEY, typedKit } from '../../domain/server-kit/a-kit.ts';
import { root } from '../../support/paths.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'server-kit-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { acmeDirectory = '', eabKeyId = '' } = typedKit();

function run(words: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/nameplate.ts', 'server-kit', ...words], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('writes a kit with the credentials of the environment, shows no secret and says what is next', () => {
  const out = join(folder, 'kit');
  const env = { ACME_DIRECTORY: acmeDirectory, ACME_EAB_KID: eabKeyId, ACME_EAB_HMAC_KEY: MAC_KEY };
  const { status, stdout, stderr } = run(
    ['--alias', 'www.example.com', '--alias', 'a.example.com', 'shop.example.com', '--out', out],
    env,
  );

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(`Next: cat ${out}/README.md`);
  expect(stdout).not.toContain(MAC_KEY);
  expect(readdirSync(out)).toContain('shop.example.com.conf');
});

test('with --json, says which files there are and which of them are secret, and whether they were there before', () => {
  const out = join(folder, 'kit-of-script');
  const env = { ACME_DIRECTORY: acmeDirectory, ACME_EAB_KID: eabKeyId, ACME_EAB_HMAC_KEY: MAC_KEY };
  const written = [true, false].map(
    () => JSON.parse(run(['shop.example.com', '--out', out, '--json'], env).stdout) as Record<string, unknown>,
  );
  for (const [at, each] of written.entries()) {
    expect(each).toEqual({ folder: out, written: at === 0, files: expect.anything() });
    const files = each['files'] as { name: string; secret: boolean }[];
    expect(files.map(({ name }) => name).sort()).toEqual(readdirSync(out).sort());
    expect(files.filter(({ secret }) => secret)).toEqual([{ name: 'certbot.ini', secret: true }]);
  }
});

test.each([
  [
    'a misspelt option, with the right one',
    ['shop.example.com', '--out', 'OUT', '--eab-key', 'x'],
    /Did you mean --eab-kid/,
  ],
  ['a missing folder', ['shop.example.com'], /--out/],
  ['a missing domain', ['--out', 'OUT'], /domain/],
  ['two domains', ['shop.example.com', 'www.example.com', '--out', 'OUT'], /too many arguments/],
  ['missing credentials', ['shop.example.com', '--out', 'OUT'], /ACME_EAB_HMAC_KEY/],
])('refuses %s, with exit code 2 and nothing written', (_, words, sentence) => {
  const out = join(folder, 'refused');
  const { status, stderr } = run(words.map((word) => (word === 'OUT' ? out : word)));

  expect(status).toBe(2);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toContain('    at ');
  expect(existsSync(out)).toBe(false);
});
