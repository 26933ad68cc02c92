import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Writes what runs around a function's handler (worker/*.ts) into `folder` as plain JavaScript; the answer is the path of
 * its entry. A worker that strips types itself takes 35 ms and 11 MB more, each.
 */
export async function writeRuntime(folder: string): Promise<string> {
  const source = fileURLToPath(new URL('./worker/', import.meta.url));
  await mkdir(folder, { recursive: true });
  for (const name of (await readdir(source)).filter((file) => file.endsWith('.ts'))) {
    const typed = await readFile(join(source, name), 'utf8');
    const plain = stripTypes(typed).replace(/(from ')(\.\/[\w-]+)\.ts(')/g, '$1$2.mjs$3');
    await writeFile(join(folder, name.replace(/\.ts$/, '.mjs')), plain);
  }
  return join(folder, 'main.mjs');
}

/** Node calls this experimental and says so on stderr once: nothing that whoever runs the local AWS could act on. */
function stripTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
