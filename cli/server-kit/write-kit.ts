import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { KitFile } from '../../domain/server-kit/server-kit.ts';

/** Only its owner enters the folder, and only its owner reads what is secret in it. */
const MODES = { folder: 0o700, file: 0o644, secret: 0o600 } as const;

/**
 * Writes a kit whole or not at all. A folder that is there must be empty or hold exactly this kit; nothing in it is changed.
 * npm runs scripts in the package's folder, and says in INIT_CWD where it was called: relative paths begin there.
 *
 * @throws {Error} one sentence
 */
export async function writeKit(
  out: string,
  files: readonly KitFile[],
  from = process.env['INIT_CWD'] ?? '.',
): Promise<'written' | 'unchanged'> {
  const target = resolve(from, out);
  const there = await entriesOf(target, out);
  if (there.length > 0) {
    if (await holds(target, there, files).catch((error: unknown) => unreadable(out, error))) return 'unchanged';
    throw new Error(
      `Cannot write into "${out}": it has files already (${shown(there)}). Give a folder that is not there`,
    );
  }
  let partial: string | undefined;
  try {
    await mkdir(dirname(target), { recursive: true });
    partial = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
    for (const { name, text, secret } of files) {
      await writeFile(join(partial, name), text, { flag: 'wx', mode: secret ? MODES.secret : MODES.file });
    }
    await chmod(partial, MODES.folder);
    // Replaces an empty folder, and fails for one that has been filled meanwhile.
    await rename(partial, target);
    return 'written';
  } catch (error) {
    if (partial !== undefined) await rm(partial, { recursive: true, force: true });
    throw new Error(`Cannot write "${out}": ${reason(error)}`);
  }
}

/** What is in the folder; nothing when there is none. */
async function entriesOf(target: string, out: string): Promise<string[]> {
  try {
    if (!(await stat(target)).isDirectory()) throw new Error(`Cannot write into "${out}": it is a file, not a folder`);
    return (await readdir(target)).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === undefined) throw error;
    return unreadable(out, error);
  }
}

async function holds(target: string, there: string[], files: readonly KitFile[]): Promise<boolean> {
  const names = files.map(({ name }) => name).sort();
  if (names.join('\n') !== there.join('\n')) return false;
  for (const { name, text } of files) {
    if ((await readFile(join(target, name), 'utf8')) !== text) return false;
  }
  return true;
}

function unreadable(out: string, error: unknown): never {
  throw new Error(`Cannot read "${out}": ${reason(error)}`);
}

const MOST_SHOWN = 5;

const shown = (names: string[]): string =>
  names.length > MOST_SHOWN ? `${names.slice(0, MOST_SHOWN).join(', ')}, …` : names.join(', ');

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the path is too long',
  ENOTEMPTY: 'it was filled meanwhile',
};

function reason(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
