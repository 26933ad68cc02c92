import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ending, EXIT } from '../exit-codes.ts';

export interface File {
  type: string;
  bytes: Buffer;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Beside the built command, or in the checkout's dist/ for the sources. */
const FOLDERS = ['./console', '../../dist/console'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/**
 * The built pages by their paths: "/app.js". They are read once, and nothing else is ever served: no path of a request
 * reaches the file system.
 *
 * @throws {Ending} the front end was not built
 */
export function frontEnd(folders: readonly string[] = FOLDERS): ReadonlyMap<string, File> {
  const folder = folders.find((each) => existsSync(join(each, 'index.html')));
  if (folder === undefined)
    throw new Ending('Cannot find the pages of the console: build them with "npm run prepare"', EXIT.usage);
  return new Map(
    readdirSync(folder)
      .filter((name) => extname(name) in TYPES)
      .map((name) => [`/${name}`, { type: TYPES[extname(name)] ?? '', bytes: readFileSync(join(folder, name)) }]),
  );
}
