import { kitRequest, type TypedKit } from '../../domain/server-kit/read-request.ts';
import { serverKit } from '../../domain/server-kit/server-kit.ts';
import { shellWord } from '../../domain/shell-word.ts';
import { Api } from '../api.ts';
import { whereAsked } from '../command.ts';
import { Ending, EXIT, type ExitCode } from '../exit-codes.ts';
import { paint } from '../paint.ts';
import { fromApi } from '../server-kit/from-api.ts';
import { writeKit } from '../server-kit/write-kit.ts';
import { openSession, sayJson } from '../session.ts';
import type { TargetOptions } from '../target/target.ts';
import { fit } from '../text/fit.ts';
import { table, widthOf } from '../text/table.ts';

export interface ServerKitOptions extends TargetOptions {
  fromSite?: boolean;
  out: string;
  alias?: string[];
  upstream?: string;
  hsts?: string;
  ipv6: boolean;
  acmeDirectory?: string;
  eabKid?: string;
  email?: string;
  api?: string;
  exported?: boolean;
  json?: boolean;
}

/** The files that were written; every problem at once otherwise. */
export async function writeServerKit(domain: string, options: ServerKitOptions): Promise<ExitCode> {
  const { env } = process;
  const typed: TypedKit = {
    domain,
    aliases: options.alias ?? [],
    upstream: options.upstream,
    hstsDays: options.hsts,
    ipv6: options.ipv6,
    exported: options.exported ?? false,
    acmeDirectory: options.acmeDirectory ?? (env['ACME_DIRECTORY'] || undefined),
    eabKeyId: options.eabKid ?? (env['ACME_EAB_KID'] || undefined),
    eabMacKey: env['ACME_EAB_HMAC_KEY'] || undefined,
    email: options.email ?? (env['ACME_EMAIL'] || undefined),
  };
  const api =
    options.api !== undefined ? new Api(options.api) : options.fromSite ? (await openSession(options)).api : undefined;
  const read = kitRequest(api ? await fromApi(api, typed) : typed);
  if ('problems' in read) throw new Ending(read.problems.join('\n'), EXIT.usage, { again: [] });
  const files = serverKit(read.request);
  const written = await writeKit(options.out, files, whereAsked('server-kit'));
  if (options.json) {
    const listed = files.map(({ name, secret = false }) => ({ name, secret }));
    sayJson({ folder: options.out, written: written === 'written', files: listed });
    return EXIT.done;
  }
  const how =
    written === 'written' ? `Wrote into ${options.out}` : `Unchanged in ${options.out}, as it was written before`;
  const say = (text: string): void => console.log(fit(text, widthOf()));
  say(`${how}\n`);
  say(
    table(
      ['file', 'what it is for'],
      files.map(({ name, what }) => [name, what]),
    ),
  );
  if (read.request.acme)
    say('\nCopy certbot.ini to the server alone, and delete it here: it has the secret of the binding.');
  console.log(`\n${paint('bold', 'Next:')} cat ${shellWord(`${options.out}/README.md`)}`);
  return EXIT.done;
}
