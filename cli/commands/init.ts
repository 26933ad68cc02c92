import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { DEFAULT_EDGE, EDGE_NAMES } from '../../domain/edges/edge.ts';
import { declareSite } from '../../domain/sites/declare-site.ts';
import { Ending, EXIT, type ExitCode } from '../exit-codes.ts';
import { paint } from '../paint.ts';
import { ask } from '../question.ts';
import { shellWord } from '../shell-word.ts';
import { isYaml } from '../site-file.ts';
import { siteSchema } from '../site-schema.ts';

interface InitOptions {
  domain?: string;
  instance?: string;
  loadBalancer?: string;
  server?: string;
  edge?: string;
}

/** The schema lies beside the document: editors complete and check it there, without a network. */
const SCHEMA_FILE = 'nameplate.schema.json';

/** Writes a site document that the API takes, and its schema beside it. Overwrites no document. */
export async function init(file: string | undefined, options: InitOptions): Promise<ExitCode> {
  const domain = options.domain ?? (await answered('The domain, such as shop.example.com', '--domain'));
  const origin = await originOf(options);
  const edge =
    options.edge ??
    (process.stdin.isTTY
      ? await optional(`What viewers connect to: ${EDGE_NAMES.join(', ')}`, DEFAULT_EDGE)
      : DEFAULT_EDGE);
  const document = { domain, origin, edge };
  const { errors } = declareSite(document);
  if (errors)
    throw new Ending(
      `Cannot write this document:\n${errors.map(({ pointer, detail }) => `  ${pointer}: ${detail}`).join('\n')}`,
      EXIT.usage,
    );
  const path = file ?? `${domain}.json`;
  const text = isYaml(path)
    ? `# yaml-language-server: $schema=./${SCHEMA_FILE}\n${stringify(document)}`
    : `${JSON.stringify({ $schema: `./${SCHEMA_FILE}`, ...document }, null, 2)}\n`;
  await writeFile(path, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EEXIST' ? 'it is there already; give another name' : error.message;
    throw new Ending(`Cannot write "${path}": ${why}`, EXIT.usage);
  });
  await writeFile(join(dirname(path), SCHEMA_FILE), `${JSON.stringify(siteSchema(), null, 2)}\n`);
  console.log(`Wrote ${path}, and ${SCHEMA_FILE} beside it, by which editors complete it`);
  console.log(`\n${paint('bold', 'Next:')} nameplate plan ${shellWord(path)}`);
  return EXIT.done;
}

async function originOf({ instance, loadBalancer, server }: InitOptions): Promise<object> {
  const given = [instance, loadBalancer, server].filter((each) => each !== undefined);
  if (given.length > 1)
    throw new Ending('Cannot use two origins: give one of --instance, --load-balancer, --server', EXIT.usage);
  const [
    what = await answered(
      'What serves it: an instance id, the ARN of a load balancer, or the address of a server',
      '--instance',
    ),
  ] = given;
  if (loadBalancer !== undefined || /^arn:/.test(what)) return { loadBalancer: what };
  if (instance !== undefined || /^i-[0-9a-f]+$/.test(what)) return { instance: { id: what } };
  return { server: /^[\d.]+$|:/.test(what) ? { address: what } : { name: what } };
}

async function answered(question: string, option: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Ending(`Cannot ask for it, as this is no terminal: give ${option}`, EXIT.usage);
  for (;;) {
    const answer = (await ask(`${question}: `)).trim();
    if (answer !== '') return answer;
  }
}

const optional = async (question: string, byDefault: string): Promise<string> =>
  (await ask(`${question} (${byDefault}): `)).trim() || byDefault;

/** Prints the schema of site documents. */
export async function schema(): Promise<ExitCode> {
  console.log(JSON.stringify(siteSchema(), null, 2));
  return EXIT.done;
}
