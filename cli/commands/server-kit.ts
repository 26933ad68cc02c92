import { kitRequest, type TypedKit } from '../../domain/server-kit/read-request.ts';
import { serverKit } from '../../domain/server-kit/server-kit.ts';
import { Api } from '../api.ts';
import { whereAsked } from '../command.ts';
import { Ending, EXIT, type ExitCode } from '../exit-codes.ts';
import { fromApi } from '../server-kit/from-api.ts';
import { writeKit } from '../server-kit/write-kit.ts';
import { openSession, sayJson } from '../session.ts';
import { shellWord } from '../shell-word.ts';
import type { TargetOptions } from '../target/target.ts';

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
  if ('problems' in read) throw new Ending(read.problems.join('\n'), EXIT.usage);
  const files = serverKit(read.request);
  const written = await writeKit(options.out, files, whereAsked('server-kit'));
  if (options.json) {
    const listed = files.map(({ name, secret = false }) => ({ name, secret }));
    sayJson({ folder: options.out, written: written === 'written', files: listed });
    return EXIT.done;
  }
  const how = written === 'written' ? 'Wrote' : 'Unchanged, as it was written before:';
  console.log(`${how} ${files.map(({ name }) => name).join(', ')} in ${options.out}`);
  if (read.request.acme)
    console.log('certbot.ini has the secret of the binding: copy it to the server alone, and delete it here.');
  console.log(`Next: cat ${shellWord(`${options.out}/README.md`)}`);
  return EXIT.done;
}
