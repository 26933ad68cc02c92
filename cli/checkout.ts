import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Ending, EXIT } from './exit-codes.ts';

/** A path in the checkout that this file is in: one folder below its root, as a source and as the built command alike. */
export const inCheckout = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Runs one of the checkout's own scripts with this terminal: what needs the local AWS or CDK, and the Node that "npm ci"
 * brings. Answers with its exit code.
 *
 * @throws {Ending} where the command was installed without the checkout
 */
export async function runInCheckout(script: string, words: readonly string[]): Promise<number> {
  if (!existsSync(inCheckout(script)))
    throw new Ending(
      'Cannot run this from the installed command alone: it needs the sources with the local AWS and CDK; clone Nameplate, run "npm ci" there, then "npx nameplate"',
      EXIT.usage,
    );
  const child = spawn(node(), ['--import', inCheckout('cli/node-version.mjs'), inCheckout(script), ...words], {
    stdio: 'inherit',
    // Relative paths begin where the person is.
    env: { ...process.env, INIT_CWD: process.cwd() },
  });
  // A terminal's Ctrl-C reaches the child as well, which tidies up; other signals are handed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const [code, signal] = (await once(child, 'exit').catch(() => {
    throw new Ending('Cannot find Node 24: "npm ci" brings it, unless it is run with --omit=optional', EXIT.usage);
  })) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + constants.signals[signal ?? 'SIGTERM'];
}

/** The Lambda runtime's Node, which runs the sources: this one, or the one that "npm ci" brings. */
const node = (): string =>
  Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : inCheckout('node_modules/.bin/node');
