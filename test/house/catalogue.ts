import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What goes wrong, by its id. */
export interface KnownFailure {
  id: string;
  /** What happens, and the right reaction. */
  says: string;
}

export interface Catalogue {
  known: KnownFailure[];
  /** Those that a test of the product names in its title. */
  covered: KnownFailure[];
}

const ENTRY = /^- \*\*([A-Z]\d+)\*\* (.+)$/gm;

/** The title of a test or of a group of tests, behind a table or not. */
const TITLE = /(?:\b(?:test|describe)|^\s*\]\)|\.each\(.*\))\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gm;

/** The first column of a table whose title begins with it. */
const ROW = /^\s*\[\s*'([A-Z]\d+)',/gm;

/** The catalogue against the tests' titles. Tests of the local AWS show how AWS fails, not how the product reacts. */
export function readCatalogue(root: string): Catalogue {
  const known = [...readFileSync(join(root, 'docs/failures.md'), 'utf8').matchAll(ENTRY)].map(
    ([, id = '', says = '']) => ({ id, says }),
  );
  const files = globSync(['test/**/*.test.ts', 'test/journeys/*/*.ts'], { cwd: root }).filter(
    (file) => !file.startsWith(join('test', 'local')),
  );
  const tested = new Set(files.flatMap((file) => idsIn(readFileSync(join(root, file), 'utf8'))));
  return { known, covered: known.filter(({ id }) => tested.has(id)) };
}

function idsIn(source: string): string[] {
  const titles = [...source.matchAll(TITLE)].map(([, , title = '']) => title);
  const heads = titles.flatMap((title) => title.match(/\b[A-Z]\d{1,2}\b(?=[^:]*:)/g) ?? []);
  return [...heads, ...[...source.matchAll(ROW)].map(([, id = '']) => id)];
}

if (import.meta.main) {
  const { known, covered } = readCatalogue(join(import.meta.dirname, '../..'));
  for (const { id, says } of known) if (!covered.some((one) => one.id === id)) console.log(`${id.padEnd(3)} ${says}`);
  console.log(`${covered.length} of the ${known.length} failures of docs/failures.md have a test`);
}
