import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './invocation-error.ts';

export type Handler = (event: unknown, context: object) => unknown;

/**
 * Loads "index.handler" or "folder/file.some.export" from the function's folder: `.js` before `.mjs` before `.cjs`, as
 * Lambda's Node.js runtime looks for it.
 */
export async function loadHandler(taskRoot: string, name: string): Promise<Handler> {
  const [, folder = '', file, path] = /^(.*\/)?([^./]+)\.(.+)$/.exec(name) ?? [];
  if (!file || !path || name.includes('..')) throw new RuntimeError('MalformedHandlerName', 'Bad handler');
  const module = await loadModule(resolve(taskRoot, folder, file), join(folder, file), taskRoot);
  let found: unknown = module;
  for (const key of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[key];
  if (found === undefined) throw new RuntimeError('HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof found !== 'function') throw new RuntimeError('HandlerNotFound', `${name} is not a function`);
  if (found.length >= 3)
    throw new RuntimeError(
      'CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
        'You need to modify this function to use a supported handler signature to use Node.js 24 or later.',
    );
  return found as Handler;
}

async function loadModule(base: string, shown: string, taskRoot: string): Promise<Record<string, unknown>> {
  const path = ['.js', '.mjs', '.cjs'].map((ending) => base + ending).find((candidate) => existsSync(candidate));
  if (!path?.startsWith(taskRoot + sep))
    throw new RuntimeError('ImportModuleError', `Error: Cannot find module '${shown}'`);
  try {
    if (!path.endsWith('.cjs')) return { ...(await import(pathToFileURL(path).href)) };
    return createRequire(path)(path) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('UserCodeSyntaxError', String(error));
    if (error instanceof Error && /^(ERR_)?MODULE_NOT_FOUND$/.test((error as NodeJS.ErrnoException).code ?? ''))
      throw new RuntimeError('ImportModuleError', String(error));
    throw error;
  }
}
