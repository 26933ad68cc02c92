import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Booted } from './boot.ts';
import { inCheckout } from './checkout.ts';

/** Where the local AWS that other commands of this checkout have booted listens: a file for each of their processes. */
const FOLDER = inCheckout('.cache/running');

export type Addresses = Booted['addresses'];

/** Tells the other commands of this checkout where it listens; the returned function takes that back. */
export function announce(addresses: Addresses): () => void {
  const file = join(FOLDER, `${process.pid}.json`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, JSON.stringify(addresses));
  return () => rmSync(file, { force: true });
}

/** The local AWS that runs in another process of this checkout, the one that was booted last; undefined when none does. */
export function running(): Addresses | undefined {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).map((name) => join(FOLDER, name)) : [];
  const [newest] = files
    .filter((file) => isAlive(Number(basename(file, '.json'))))
    .toSorted((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  return newest === undefined ? undefined : (JSON.parse(readFileSync(newest, 'utf8')) as Addresses);
}

/** Signal 0 reaches whatever runs, and does nothing. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
