import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from './paths.ts';

/** What came of a command that was run as a process. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** The whole environment; default: PATH alone, so that no AWS configuration of this machine is seen. */
  env?: Record<string, string>;
  cwd?: string;
  input?: string;
  /** The Node that runs it; default: this one. */
  node?: string;
}

/** The `nameplate` command, built into a folder of its own: what is found beside a checkout is not found there. */
export class BuiltCommand {
  readonly folder: string;
  readonly file: string;

  constructor(folder = mkdtempSync(join(tmpdir(), 'nameplate-command-'))) {
    this.folder = folder;
    this.file = join(folder, 'dist', 'nameplate.js');
    const { status, stderr } = spawnSync(process.execPath, ['cli/build.mjs', join(folder, 'dist')], {
      cwd: root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`Cannot build the command: ${stderr}`);
  }

  /** One beside links to the sources that `local`, `demo` and `deploy` run, as in a checkout. */
  static inCheckout(): BuiltCommand {
    const command = new BuiltCommand();
    for (const name of ['.cache', 'cli', 'infra', 'node_modules'])
      symlinkSync(join(root, name), join(command.folder, name));
    return command;
  }

  async run(words: readonly string[], { env = {}, cwd = this.folder, input, node }: RunOptions = {}): Promise<Ran> {
    const child = spawn(node ?? process.execPath, [this.file, ...words], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: this.folder, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    child.stdin?.end(input);
    const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
    const [stdout, stderr, code] = await Promise.all([text(child.stdout!), text(child.stderr!), ended]);
    return { code, stdout, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What an output for a person ends with. */
export const lastLine = (ran: Ran, on: 'stdout' | 'stderr' = 'stdout'): string | undefined =>
  ran[on].trim().split('\n').at(-1);

/** A Node of this machine that is older than the one that "npm ci" brings; undefined where there is none. */
export const olderNode = (): string | undefined =>
  ['/usr/bin/node', '/usr/local/bin/node'].find((path) => {
    if (!existsSync(path)) return false;
    const major = Number(/^v(\d+)/.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout)?.[1]);
    return major >= 20 && major < 24;
  });
