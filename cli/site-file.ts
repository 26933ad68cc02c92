import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { DEFAULT_EDGE, EDGE_NAMES, type EdgeName, edgeOf } from '../domain/edges/edge.ts';
import { jsonError } from '../domain/problems/json-error.ts';

/** What a site document writes where the demo's own instance is meant. */
export const INSTANCE = '$INSTANCE';

/** The demo's own site. */
const demoSite = (edge: EdgeName): string =>
  JSON.stringify({
    domain: 'shop.example.test',
    aliases: ['www.shop.example.test'],
    origin: { instance: { id: INSTANCE, port: 80, healthPath: '/' } },
    edge,
    http: 'redirect',
    access: ['0.0.0.0/0', '::/0'],
    directName: 'direct.shop.example.test',
    failover: {
      ...(edgeOf({ edge }).servedBy !== 'distribution' && { check: { intervalSeconds: 10 } }),
      page: { title: 'Closed for a moment' },
    },
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

/** A command that takes a site's file, or the demo's own site with another edge. */
export const takingSite = (command: Command, what: string): Command =>
  command
    .argument('[site.json]', `${what}; "${INSTANCE}" stands for the demo's instance`)
    .addOption(new Option('--edge <edge>', "what viewers of the demo's own site connect to").choices(EDGE_NAMES));

/** What was given of these, as a person types it again: "", " -- site.json", " -- --edge cdn". */
export function siteArguments(command: Command): string {
  const chosen = edgeIn(command);
  const given = command.args[0] ?? (chosen === undefined ? undefined : `--edge ${chosen}`);
  return given === undefined ? '' : ` -- ${given}`;
}

/**
 * The document that the command was given.
 *
 * @throws {Error} one sentence: a file that cannot be used, or one beside an edge
 */
export async function siteDocument(command: Command): Promise<string> {
  const [file] = command.args;
  const chosen = edgeIn(command);
  if (file === undefined) return demoSite(chosen ?? DEFAULT_EDGE);
  if (chosen !== undefined)
    throw new Error(`Cannot use --edge with a site file: write "edge": "${chosen}" into ${file}, and leave it out`);
  return readSiteFile(file);
}

const edgeIn = (command: Command): EdgeName | undefined => command.opts<{ edge?: EdgeName }>().edge;
