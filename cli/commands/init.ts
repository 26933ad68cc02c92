import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { shellWord } from '../../domain/shell-word.ts';
import { asTyped } from '../as-typed.ts';
import { Ending, EXIT, type ExitCode } from '../exit-codes.ts';
import { paint } from '../paint.ts';
import { sayJson } from '../session.ts';
import { isYaml } from '../site-file.ts';
import { type SiteAnswers, siteDocumentOf } from '../site-questions.ts';
import { siteSchema } from '../site-schema.ts';
import { optionsOf, type TargetOptions } from '../target/target.ts';

interface InitOptions extends SiteAnswers, TargetOptions {
  json?: boolean;
}

/** The schema lies beside the document: editors complete and check it there, without a network. */
const SCHEMA_FILE = 'nameplate.schema.json';

/** Why a document can't be written, for people. */
const REASONS: Record<string, string> = {
  EEXIST: 'it is there already; give another name',
  ENOENT: 'its folder is not there; make that first',
  EACCES: 'you may not write there; give another name',
  EROFS: 'the disk is read-only; give another name',
};

/** Writes a site document that the API takes, and its schema beside it. Overwrites no document. */
export async function init(file: string | undefined, options: InitOptions): Promise<ExitCode> {
  const document = await siteDocumentOf(options);
  const path = file ?? `${document['domain']}.json`;
  const text = isYaml(path)
    ? `# yaml-language-server: $schema=./${SCHEMA_FILE}\n${stringify(document)}`
    : `${JSON.stringify({ $schema: `./${SCHEMA_FILE}`, ...document }, null, 2)}\n`;
  await writeFile(path, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new Ending(`Cannot write "${path}": ${REASONS[error.code ?? ''] ?? error.message}`, EXIT.usage);
  });
  await writeFile(join(dirname(path), SCHEMA_FILE), `${JSON.stringify(siteSchema(), null, 2)}\n`);
  if (options.json) {
    sayJson(document);
    return EXIT.done;
  }
  console.log(`Wrote ${path}, and ${SCHEMA_FILE} beside it, by which editors complete it`);
  const { tenant } = options;
  const repeated = optionsOf(options) + (tenant === undefined ? '' : ` --tenant ${shellWord(tenant)}`);
  console.log(`\n${paint('bold', 'Next:')} ${asTyped(`plan ${shellWord(path)}${repeated}`)}`);
  return EXIT.done;
}

/** Prints the schema of site documents. */
export async function schema(): Promise<ExitCode> {
  console.log(JSON.stringify(siteSchema(), null, 2));
  return EXIT.done;
}
