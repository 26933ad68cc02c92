import { Command, CommanderError, Option } from 'commander';
import { kitRequest, type TypedKit } from '../domain/server-kit/read-request.ts';
import { serverKit } from '../domain/server-kit/server-kit.ts';
import { commandName } from './command.ts';
import { fromApi } from './server-kit/from-api.ts';
import { writeKit } from './server-kit/write-kit.ts';
import { shellWord } from './shell-word.ts';

interface Options {
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
}

const command = new Command(commandName('server-kit'))
  .description('Writes what a server of your own needs for HTTPS: nginx, certbot by an ACME endpoint of ACM, renewal')
  .argument('<domain>', 'such as shop.example.com')
  .requiredOption('--out <folder>', 'a folder that is not there yet, or is empty')
  .option(
    '--alias <name>',
    'a further name of the certificate and the server; may be repeated',
    (name, before: string[] = []) => [...before, name],
  )
  .option('--upstream <url>', 'where the application listens (default: http://127.0.0.1:8080)')
  .option('--hsts <days>', 'tells browsers to use HTTPS only for so long; hard to take back')
  .option('--no-ipv6', 'listen on IPv4 only')
  .addOption(
    new Option('--exported', 'for a certificate that you export from ACM: no certbot').conflicts([
      'api',
      'acmeDirectory',
      'eabKid',
      'email',
    ]),
  )
  .option('--api <url>', 'address of the API: names, directory and new credentials are those of the site there')
  .option('--acme-directory <url>', 'EndpointUrl of the ACME endpoint, or ACME_DIRECTORY')
  .option('--eab-kid <id>', 'key id of its external account binding, or ACME_EAB_KID')
  .option('--email <address>', 'contact of the ACME account, or ACME_EMAIL')
  .addHelpText(
    'after',
    '\nThe MAC key of the binding is taken from ACME_EAB_HMAC_KEY alone: on a command line others could read it.\nExit codes: 0 written, 2 nothing was written.',
  )
  .showSuggestionAfterError()
  .exitOverride();

/** The files that were written; every problem at once otherwise. */
async function write(domain: string, options: Options): Promise<void> {
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
  const read = kitRequest(options.api === undefined ? typed : await fromApi(options.api, typed));
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const files = serverKit(read.request);
  const written = await writeKit(options.out, files);
  const how = written === 'written' ? 'Wrote' : 'Unchanged, as it was written before:';
  console.log(`${how} ${files.map(({ name }) => name).join(', ')} in ${options.out}`);
  if (read.request.acme)
    console.log('certbot.ini has the secret of the binding: copy it to the server alone, and delete it here.');
  console.log(`Next: cat ${shellWord(`${options.out}/README.md`)}`);
}

try {
  command.parse();
  const [domain = ''] = command.args;
  await write(domain, command.opts<Options>());
} catch (error) {
  const asked = error instanceof CommanderError && error.exitCode === 0;
  process.exitCode = asked ? 0 : 2;
  // Commander has said what is wrong already.
  if (!(error instanceof CommanderError)) console.error(error instanceof Error ? error.message : String(error));
}
