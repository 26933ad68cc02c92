import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import type { Document, YAMLError } from 'yaml';
import { DEFAULT_EDGE, EDGE_NAMES, type EdgeName, edgeOf } from '../domain/edges/edge.ts';
import { jsonError } from '../domain/problems/json-error.ts';
import { Ending, EXIT } from './exit-codes.ts';

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

/** Whether a file is YAML by its name. */
export const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);

/**
 * The document of a site's file as JSON text: the file is JSON, or YAML by its name; "-" is the standard input, in either. A
 * relative path starts where the person is: npm runs scripts in the package's folder, and tells in INIT_CWD where it was
 * called. `$schema`, by which editors complete the document, is not part of it.
 *
 * @throws {Ending} one sentence, when there is nothing to read or it isn't JSON or YAML
 */
export async function readSiteFile(path: string, from = process.env['INIT_CWD'] ?? '.'): Promise<string> {
  const read = path === '-' ? buffer(process.stdin) : readFile(resolve(from, path));
  const bytes = await read.catch((error: NodeJS.ErrnoException) => {
    const why = REASONS[error.code ?? ''] ?? error.message;
    throw new Ending(`Cannot read the site file "${path}": ${why}`, EXIT.usage);
  });
  const found = fromUtf8(path, bytes);
  if (found.trim() === '') throw unusable(path, 'it is empty; "nameplate init" writes one');
  const takesYaml = isYaml(path) || (path === '-' && !/^\s*[{[]/.test(found));
  return withoutSchema(await (takesYaml ? fromYaml(path, found) : json(path, found)));
}

/** The text without a byte order mark. */
function fromUtf8(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unusable(path, 'it is not UTF-8; save it as UTF-8');
  }
}

async function json(path: string, found: string): Promise<string> {
  const broken = jsonError(found);
  if (broken) {
    const { line, column, detail } = broken;
    const isOther = path !== '-' && !/^\s*[{[]/.test(found);
    throw unusable(
      path,
      `it is not JSON (${detail} at line ${line}, column ${column})${isOther ? '; YAML is in a file named .yaml' : ''}`,
    );
  }
  // JSON.parse takes the last of two, so that another site might be planned than the one that is read first.
  const { document, where } = await parsed(found);
  const twice = document.errors.find(({ code }) => code === 'DUPLICATE_KEY');
  if (twice) throw unusable(path, `a field is in it twice, again ${where(twice)}`);
  return found;
}

/** A text as YAML, which JSON is too, and where one of its problems is. */
async function parsed(found: string): Promise<{ document: Document; where: (problem: YAMLError) => string }> {
  const { LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(found, { lineCounter, prettyErrors: false });
  const where = ({ pos: [offset] }: YAMLError): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `at line ${line}, column ${col}`;
  };
  return { document, where };
}

async function fromYaml(path: string, found: string): Promise<string> {
  const { document, where } = await parsed(found);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem?.code === 'MULTIPLE_DOCS')
    throw unusable(path, `a second document begins ${where(problem)}; a file describes one site`);
  if (problem) throw unusable(path, `it is not YAML (${problem.message} ${where(problem)})`);
  try {
    return JSON.stringify(document.toJS() ?? null);
  } catch (error) {
    // Aliases are followed only now: one without an anchor, or more of them than a document has use for.
    throw unusable(path, `it is not YAML (${(error as Error).message})`);
  }
}

const unusable = (path: string, why: string): Ending =>
  new Ending(`Cannot use the site file "${path}": ${why}`, EXIT.usage);

function withoutSchema(document: string): string {
  const parsed: unknown = JSON.parse(document);
  if (typeof parsed !== 'object' || parsed === null || !('$schema' in parsed)) return document;
  const { $schema: _, ...rest } = parsed;
  return JSON.stringify(rest);
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
