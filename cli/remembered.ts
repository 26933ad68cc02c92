import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Source: XDG Base Directory Specification, `XDG_CACHE_HOME`. */
const folder = ({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string =>
  join(XDG_CACHE_HOME || join(HOME || homedir(), '.cache'), 'nameplate');

interface Options {
  /** How long an answer counts, in ms. */
  freshMs: number;
  env?: NodeJS.ProcessEnv;
  now?: () => number;
}

/** Answers that earlier commands have got, in a file of the user's cache folder. */
export class Remembered<Value extends object> {
  readonly #file: string;
  readonly #freshMs: number;
  readonly #now: () => number;

  constructor(file: string, { freshMs, env = process.env, now = Date.now }: Options) {
    this.#file = join(folder(env), file);
    this.#freshMs = freshMs;
    this.#now = now;
  }

  async find(key: string): Promise<Value | undefined> {
    const { [key]: found } = await this.#read();
    return found && this.#now() - Date.parse(found.at) < this.#freshMs ? found : undefined;
  }

  /** Best effort: where nothing can be written, the next command asks again. */
  async keep(key: string, value: Value): Promise<void> {
    const all = { ...(await this.#read()), [key]: { ...value, at: new Date(this.#now()).toISOString() } };
    const draft = `${this.#file}.${process.pid}`;
    try {
      await mkdir(dirname(this.#file), { recursive: true });
      await writeFile(draft, JSON.stringify(all, null, 2), { mode: 0o600 });
      await rename(draft, this.#file);
    } catch (error) {
      if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
    }
  }

  async #read(): Promise<Record<string, Value & { at: string }>> {
    try {
      return JSON.parse(await readFile(this.#file, 'utf8')) as Record<string, Value & { at: string }>;
    } catch (error) {
      // Not there, not readable, or half written by something else: a cache.
      if (error instanceof SyntaxError || typeof (error as NodeJS.ErrnoException).code === 'string') return {};
      throw error;
    }
  }
}
