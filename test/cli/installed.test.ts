import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BuiltCommand, olderNode } from '../support/built-command.ts';
import { root } from '../support/paths.ts';

/** The package of dist/ as npm installs it, from its packed file and from its folder, without a registry. */
let nameplate: BuiltCommand;
let packed: string[];
beforeAll(() => {
  nameplate = new BuiltCommand();
  const [pack] = JSON.parse(npm('pack', '--json', './dist')) as [{ filename: string; files: { path: string }[] }];
  packed = pack.files.map(({ path }) => path);
  npm('install', '--global', '--offline', '--prefix', 'packed', `./${pack.filename}`);
  npm('install', '--global', '--offline', '--prefix', 'folder', './dist');
});
afterAll(() => nameplate.remove());

const npm = (...words: string[]): string =>
  execFileSync('npm', words, {
    cwd: nameplate.folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: nameplate.folder, npm_config_update_notifier: 'false' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });

test('it is the command, the console and what says so, and depends on nothing', () => {
  const isConsole = (path: string): boolean => path.startsWith('console/');
  expect(packed.filter((path) => !isConsole(path)).sort()).toEqual(['nameplate.js', 'package.json']);
  expect(packed.filter(isConsole).map((path) => path.split('.').at(-1))).toEqual(
    expect.arrayContaining(['css', 'html', 'js']),
  );
  const manifest = JSON.parse(readFileSync(join(nameplate.folder, 'dist', 'package.json'), 'utf8')) as object;
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(manifest).toMatchObject({ version, bin: 'nameplate.js', engines: { node: '>=20' } });
  expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([]);
});

const nodes = [process.execPath, ...[olderNode()].filter((node) => node !== undefined)];

describe.each(nodes)('on %s', (node) => {
  /** By the name alone, as a shell finds it, in a folder that has nothing to do with it. */
  const run = (from: string, ...words: string[]) => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'nameplate-elsewhere-'));
    // A folder with this Node alone: that of the system holds others as well.
    const bin = join(elsewhere, 'bin');
    mkdirSync(bin);
    symlinkSync(node, join(bin, 'node'));
    const path = [join(nameplate.folder, from, 'bin'), bin, '/usr/bin', '/bin'].join(delimiter);
    const ran = spawnSync('/usr/bin/env', ['nameplate', ...words], {
      cwd: elsewhere,
      encoding: 'utf8',
      env: { PATH: path, HOME: elsewhere },
    });
    rmSync(elsewhere, { recursive: true });
    return [ran.status, ran.stdout, ran.stderr];
  };

  test.each(['packed', 'folder'])('installed from the %s it runs anywhere', (from) => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(run(from, '--version')).toEqual([0, `${version}\n`, '']);
    expect(run(from, 'list')).toEqual([2, '', expect.stringMatching(/^Cannot tell the region/)]);
    const [code, schema] = run(from, 'schema');
    expect([code, JSON.parse(String(schema))]).toEqual([0, expect.objectContaining({ type: 'object' })]);
    expect(run(from, 'demo')).toEqual([2, '', expect.stringMatching(/it needs the sources.*npx nameplate/)]);
  });
});

test('a link to it from anywhere runs it, as "npm link" makes one', () => {
  const link = join(nameplate.folder, 'linked');
  symlinkSync(nameplate.file, link);
  const env = { PATH: `${dirname(process.execPath)}${delimiter}/usr/bin`, HOME: nameplate.folder };
  expect(execFileSync(link, ['completion', 'bash'], { cwd: tmpdir(), encoding: 'utf8', env })).toContain('complete -o');
});
