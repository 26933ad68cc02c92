import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** What is remembered of a stack: neither of it is a secret. */
export interface KnownStack {
  /** Where its API is. */
  url: string;
  account: string;
}

/** An API's address stays for the life of its stack; a stack that was made anew is noticed within a day at the latest. */
const FRESH_MS = 24 * 3_600_000;

/** Source: XDG Base Directory Specification, `XDG_CACHE_HOME`. */
const file = ({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string =>
  join(XDG_CACHE_HOME || join(HOME || homedir(), '.cache'), 'nameplate', 'stacks.json');

type Remembered = Record<string, KnownStack & { at: string }>;

/** The addresses of stacks that were looked up before, by who asked for which: another profile may be another account. */
export class StackCache {
  readonly #file: string;
  readonly #now: () => number;

  constructor(env = process.env, now = Date.now) {
    this.#file = file(env);
    this.#now = now;
  }

  async find(key: string): Promise<KnownStack | undefined> {
    const { [key]: found } = await this.#read();
    return found && this.#now() - Date.parse(found.at) < FRESH_MS ? found : undefined;
  }

  /** Best effort: where nothing can be written, the next command looks it up again. */
  async keep(key: string, { url, account }: KnownStack): Promise<void> {
    const all = { ...(await this.#read()), [key]: { url, account, at: new Date(this.#now()).toISOString() } };
    const draft = `${this.#file}.${process.pid}`;
    try {
      await mkdir(dirname(this.#file), { recursive: true });
      await writeFile(draft, JSON.stringify(all, null, 2), { mode: 0o600 });
      await rename(draft, this.#file);
    } catch (error) {
      if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
    }
  }

  async #read(): Promise<Remembered> {
    try {
      return JSON.parse(await readFile(this.#file, 'utf8')) as Remembered;
    } catch (error) {
      // Not there, not readable, or half written by something else: a cache.
      if (error instanceof SyntaxError || typeof (error as NodeJS.ErrnoException).code === 'string') return {};
      throw error;
    }
  }
}
