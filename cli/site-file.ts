import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { jsonError } from '../domain/problems/json-error.ts';

/** What a site document writes where the demo's own instance is meant. */
export const INSTANCE = '$INSTANCE';

/** The demo's own site. */
export const demoSite: string = JSON.stringify({
  domain: 'shop.example.test',
  aliases: ['www.shop.example.test'],
  origin: { instance: { id: INSTANCE, port: 80, healthPath: '/' } },
  edge: 'load-balancer',
  http: 'redirect',
  access: ['0.0.0.0/0', '::/0'],
  directName: 'direct.shop.example.test',
});

/** Why a file can't be read, for people. */
const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'you may not read it',
};

/**
 * The text of a site's file, which is JSON. A relative path starts where the person is: npm runs scripts in the
 * package's folder, and tells in INIT_CWD where it was called.
 *
 * @throws {Error} one sentence, when there is nothing to read or it isn't JSON
 */
export async function readSiteFile(path: string, from = process.env['INIT_CWD'] ?? '.'): Promise<string> {
  const text = await readFile(resolve(from, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`Cannot read the site file "${path}": ${REASONS[error.code ?? ''] ?? error.message}`);
  });
  const document = text.replace(/^\uFEFF/, '');
  const broken = jsonError(document);
  if (!broken) return document;
  const { line, column, detail } = broken;
  throw new Error(`Cannot use the site file "${path}": it is not JSON (${detail} at line ${line}, column ${column})`);
}
