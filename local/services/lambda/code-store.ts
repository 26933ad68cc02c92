import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeRuntime } from './runtime-files.ts';
import { unzip, type ZippedFile } from './unzip.ts';

/** A function's code as it lies on disk, in a folder of its own. */
export interface InstalledCode {
  root: string;
  /** Base64, as `CodeSha256` has it. */
  sha256: string;
  /** Bytes, unpacked. */
  size: number;
}

/**
 * Where functions' code lies: a temporary folder, away from any package.json and node_modules, because that is how it
 * lies on AWS. A bundle that needs what isn't in it fails here as it would there. Same code, same folder.
 */
export class CodeStore {
  #folder: Promise<string> | undefined;
  #runtime: Promise<string> | undefined;
  readonly #installed = new Map<string, Promise<InstalledCode>>();

  /** Takes the code from a folder, or from a ZIP file, on this machine. */
  async fromPath(path: string): Promise<InstalledCode> {
    if (/\.zip$/.test(path)) return this.fromZip(await readFile(path));
    const names = (await readdir(path, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(path.length).replace(/^\//, ''))
      .sort();
    const files = await Promise.all(
      names.map(async (name) => ({ path: name, bytes: await readFile(join(path, name)) })),
    );
    return await this.#install(files, (root) => cp(path, root, { recursive: true }));
  }

  async fromZip(archive: Buffer): Promise<InstalledCode> {
    const files = unzip(archive);
    return await this.#install(files, async (root) => {
      for (const file of files) {
        await mkdir(dirname(join(root, file.path)), { recursive: true });
        await writeFile(join(root, file.path), file.bytes);
      }
    });
  }

  /** A folder for Node's compile cache, which makes the second start of the same code cheaper in time and memory. */
  async compileCache(): Promise<string> {
    return join(await this.#base(), 'compile-cache');
  }

  /** What every worker starts with: the path of the runtime's entry. */
  runtime(): Promise<string> {
    this.#runtime ??= this.#base().then((base) => writeRuntime(join(base, 'runtime')));
    return this.#runtime;
  }

  /** Deletes everything. */
  async close(): Promise<void> {
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
    this.#runtime = undefined;
    this.#installed.clear();
  }

  #install(files: ZippedFile[], unpack: (root: string) => Promise<void>): Promise<InstalledCode> {
    const hash = createHash('sha256');
    for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
    const digest = hash.digest();
    const id = digest.toString('hex').slice(0, 32);
    const known = this.#installed.get(id);
    if (known !== undefined) return known;
    const installed = (async () => {
      const root = join(await this.#base(), id);
      await mkdir(root, { recursive: true });
      await unpack(root);
      const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
      return { root, sha256: digest.toString('base64'), size };
    })();
    this.#installed.set(id, installed);
    return installed;
  }

  #base(): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'local-aws-lambda-'));
    return this.#folder;
  }
}
