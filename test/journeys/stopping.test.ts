import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, watch } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { root } from '../support/paths.ts';

/** Wherever somebody stops it, a command ends at once, says nothing it need not, and leaves nothing in the folder for such things. */
describe('a command that is stopped', () => {
  let folder: string;
  let child: ChildProcessWithoutNullStreams;
  let said: { out: string; err: string };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stopping-'));
  });
  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const start = (...words: string[]): void => startCommand(process.execPath, ...words);
  function startCommand(command: string, ...words: string[]): void {
    const env = { ...process.env, TMPDIR: folder, NODE_COMPILE_CACHE: '' };
    child = spawn(command, words, { cwd: root, env });
    said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said.out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said.err += chunk;
    });
  }
  async function says(what: string): Promise<void> {
    while (!said.out.includes(what)) await once(child.stdout, 'data');
  }
  /** The exit code, and what is left. */
  async function end(): Promise<{ code: number | null; left: string[]; err: string }> {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, left: readdirSync(folder), err: said.err };
  }

  test('while it boots, has no site to speak of and takes back what it began', async () => {
    const begun = new Promise<void>((resolve) => {
      const watcher = watch(folder, () => {
        watcher.close();
        resolve();
      });
    });
    start('cli/local.ts', '--json');
    await begun;
    child.kill('SIGTERM');
    expect(await end()).toEqual({ code: 143, left: [], err: '' });
    expect(said.out).toBe('');
  });

  test.each(['ClaimSite', 'Web server stopped'])('in the middle of the demo, after "%s", by Ctrl-C', async (moment) => {
    start('cli/demo.ts', '--exit', '--speed', '200');
    await says(moment);
    child.kill('SIGINT');
    expect(await end()).toEqual({ code: 130, left: [], err: '' });
  });

  test('by closing its terminal', async () => {
    start('cli/local.ts', '--json');
    await says('\n');
    child.kill('SIGHUP');
    expect(await end()).toEqual({ code: 0, left: [], err: '' });
  });

  test('by a signal to npm, which runs it', async () => {
    startCommand('npm', 'run', '--silent', 'local', '--', '--json');
    await says('\n');
    child.kill('SIGTERM');
    const npmsOwn = 'node-compile-cache';
    expect((await end()).left.filter((name) => name !== npmsOwn)).toEqual([]);
  });

  test('by reading no further', async () => {
    start('cli/demo.ts', '--exit');
    await says('Booting');
    child.stdout.destroy();
    expect(await end()).toEqual({ code: 141, left: [], err: '' });
  });

  test('by a port that somebody else has', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    start('cli/local.ts', '--port', `${port - 1}`);
    const ended = await end();
    server.close();
    expect(ended).toEqual({
      code: 1,
      left: [],
      err: `Cannot listen on port ${port} for AWS: another process has it; choose another base port, or none to take any that is free\n`,
    });
  });
});
