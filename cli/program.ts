import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { UNDO_TARGETS } from '../domain/sites/life/operations.ts';
import { forScripts, number } from './command.ts';
import { examples } from './examples.ts';
import { paint } from './paint.ts';

type Act = (...words: never[]) => Promise<number>;

/** What a command does is loaded when it is asked for: `--help` and completion load the grammar alone. */
const act =
  (load: () => Promise<Act>) =>
  async (...given: unknown[]): Promise<void> => {
    // Commander hands over the arguments, the options and the command itself.
    const run = (await load()) as (...words: unknown[]) => Promise<number>;
    process.exitCode = await run(...given.slice(0, -1));
  };

/** A shell gives nothing for a variable that is not set. */
function given(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
}

/** A name as it is typed: the API says more of what is wrong with one. */
function domain(typed: string): string {
  if (!/^[^\s/:?#@]+$/.test(typed)) throw new InvalidArgumentError(`It must be a domain alone, ${DOMAIN}.`);
  return typed;
}

/** The values of an option that may be repeated. */
const repeated = (value: string, before: string[] = []): string[] => [...before, value];

/** Options that say where a command goes. */
const placed = (command: Command): Command =>
  command
    .option('--stack <name>', 'the stack on AWS (default: Nameplate)', given)
    .option('--region <region>', 'its region (default: of the AWS configuration)', given)
    .option('--profile <name>', 'the AWS profile to ask with', given)
    .option('--local', 'the local AWS that "nameplate local" has booted');

/** Options of every command that asks the API. */
const remote = (command: Command, what: string): Command =>
  placed(forScripts(command, what)).option('--tenant <id>', 'the expected tenant of the site', given);

/** The same with those of a command that waits for an operation. */
const watching = (command: Command, what = 'the site at the end'): Command =>
  remote(command, what).option('--wait', 'go on watching while a person is waited for, in a pipe too');

const asking = (command: Command): Command =>
  watching(command)
    .option('--yes', 'do not ask')
    .option('--approve <checksum>', 'approve exactly the list that a refusal has shown');

/** Of the built command; the sources have none of their own. */
const VERSION = process.env.NAMEPLATE_VERSION ?? 'of the sources';

const DOMAIN = 'such as shop.example.com';
const FILE = 'a site document, JSON or YAML; "-" is the standard input';

/** The grammar of the `nameplate` command. */
export function program(): Command {
  const nameplate = new Command('nameplate')
    .description('Puts a domain name on what you run: DNS, certificate, edge, proof over real HTTPS')
    .version(VERSION, '--version', 'print the version')
    .addHelpText('after', () => `\n${examples()}`);
  const command = (name: string, description: string): Command => nameplate.command(name).description(description);

  nameplate.commandsGroup('Sites:');
  placed(forScripts(command('init', 'Writes a site document, asking for the few things that matter'), 'the document'))
    .argument('[file]', 'where to; ".yaml" and ".yml" are YAML (default: DOMAIN.json)', given)
    .option('--domain <name>', DOMAIN)
    .option('--alias <name>', 'a further name of the site; may be repeated', repeated)
    .option('--instance <id>', 'the origin: an EC2 instance')
    .option('--new-instance <type>', 'the origin: an EC2 instance that is created, such as t4g.micro')
    .option('--load-balancer <arn>', 'the origin: a load balancer that exists')
    .option('--server <address>', 'the origin: a machine elsewhere, by its address or name')
    .option('--edge <edge>', 'what viewers connect to: load-balancer, cdn or direct')
    .option('--failover', 'a page for viewers while the site is down or maintained')
    .option('--no-failover', 'none')
    .option('--tenant <id>', 'whose site it is among those run for others', given)
    .action(act(async () => (await import('./commands/init.ts')).init));
  remote(command('plan', 'Says what onboarding or changing a site would do, and makes nothing'), 'the plan')
    .argument('<file>', FILE)
    .action(act(async () => (await import('./commands/plan.ts')).plan));
  asking(command('apply', 'Plans a site, asks, applies the plan, shows the steps and proves the outcome'))
    .argument('<file>', FILE)
    .action(act(async () => (await import('./commands/apply.ts')).apply));
  remote(command('list', 'Lists the sites'), 'the sites').action(
    act(async () => (await import('./commands/list.ts')).list),
  );
  watching(command('show', 'Shows a site: where it stands, what it waits for, what happened'))
    .argument('<domain>', DOMAIN, domain)
    .option('--watch', 'show the steps of what runs, until it ends')
    .action(act(async () => (await import('./commands/show.ts')).show));
  remote(command('records', 'Shows what to enter at another DNS provider, as a table and as zone lines'), 'the records')
    .argument('<domain>', DOMAIN, domain)
    .option('--zone', 'only the lines of a zone file')
    .action(act(async () => (await import('./commands/records.ts')).records));

  nameplate.commandsGroup('What runs for a site:');
  watching(command('resume', 'Goes on with a held site at the step that failed'))
    .argument('<domain>', DOMAIN, domain)
    .action(act(async () => (await import('./commands/operations.ts')).resume));
  asking(command('cancel', 'Stops what runs for a site, and holds it where it stands'))
    .argument('<domain>', DOMAIN, domain)
    .option('--undo', 'take back what was made instead')
    .action(act(async () => (await import('./commands/operations.ts')).cancel));
  asking(command('undo', 'Takes a site back, or a failed change to what was live'))
    .argument('<domain>', DOMAIN, domain)
    .addOption(new Option('--to <where>', 'how far back').choices(UNDO_TARGETS))
    .action(act(async () => (await import('./commands/operations.ts')).undo));
  asking(command('delete', 'Removes a site and what was made for it: says first in which order, and what stays'))
    .argument('<domain>', DOMAIN, domain)
    .option('--plan', 'only say what would go')
    .option('--delete-zone', 'the hosted zone that was made for it, too')
    .option('--keep <what...>', 'what stays, without our tags: ids or types of resources')
    .action(act(async () => (await import('./commands/delete.ts')).deleteSite));
  maintenance(command('maintenance', 'The maintenance page: on, off, by schedule, and whether it is ready'));
  server(command('server', 'The instance that was created for a site: stops, starts or removes it'));

  nameplate.commandsGroup('Care:');
  remote(
    command('certificates', 'Lists the certificates of all sites, what ends first first'),
    'the certificates',
  ).action(act(async () => (await import('./commands/certificates.ts')).certificates));
  const alerts = remote(command('alerts', 'Lists what needs a person'), 'the alerts')
    .option('--resolved', 'those that were resolved in the last 90 days')
    .action(act(async () => (await import('./commands/alerts.ts')).alerts));
  remote(alerts.command('acknowledge').description('Says that an alert was read'), 'the alert')
    .argument('<id>', 'as "nameplate alerts" shows it')
    .action(act(async () => (await import('./commands/alerts.ts')).acknowledge));
  forScripts(command('doctor', 'Examines any public name and says what is wrong; needs no account'), 'the report')
    .argument('<name>', DOMAIN)
    .option('--websocket <path>', 'a path that takes WebSocket upgrades, such as /socket')
    .option('--local', 'look into the local AWS; names below .test and .example need no option')
    .addHelpText('after', '\nExit codes: 0 healthy, 1 something is wrong, 2 it could not be checked.')
    .action(act(async () => (await import('./commands/doctor.ts')).doctor));
  serverKit(
    forScripts(
      command('server-kit', 'Writes what a server of your own needs for HTTPS: nginx, certbot, renewal'),
      'what was written',
    ),
  );

  nameplate.commandsGroup('In a browser:');
  remote(command('console', 'Serves pages on this machine that show and do all of this'), 'where it is')
    .option('--port <n>', 'where it listens (default: any free)', number({ whole: true, above: 0, below: 65_536 }))
    .option('--no-open', 'do not open the browser')
    .action(act(async () => (await import('./commands/console.ts')).serve));

  nameplate.commandsGroup('Nameplate itself, from its checkout:');
  const inCheckout = (name: string, description: string, script: string): Command =>
    command(name, description)
      .argument('[words...]')
      .helpOption(false)
      .allowUnknownOption()
      .action(
        act(async () => {
          const { runInCheckout } = await import('./checkout.ts');
          return (words: string[]) => runInCheckout(script, words);
        }),
      );
  inCheckout('local', 'Boots the local AWS with Nameplate in it', 'cli/local.ts');
  inCheckout('demo', 'Takes a name to verified HTTPS on the local AWS, and shows an outage', 'cli/demo.ts');
  inCheckout(
    'deploy',
    'Deploys Nameplate to an account: shows the changes and asks; --yes does not, --bootstrap runs "cdk bootstrap" before',
    'infra/deploy.ts',
  );

  nameplate.commandsGroup('The command:').helpCommand(true);
  command('completion', 'Prints what makes a shell complete this command')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh']))
    .action(act(async () => (await import('./commands/completion.ts')).completion));
  command('schema', 'Prints the JSON Schema of site documents, by which editors complete them').action(
    act(async () => (await import('./commands/init.ts')).schema),
  );
  nameplate
    .command('complete', { hidden: true })
    .argument('[words...]')
    .helpOption(false)
    .allowUnknownOption()
    .action(
      act(async () => {
        const { candidates } = await import('./commands/completion.ts');
        return async (words: string[]) => {
          console.log((await candidates(program(), words)).join('\n'));
          // A request that nobody waits for any more would keep the process.
          return process.exit();
        };
      }),
    );
  for (const each of [nameplate, ...nameplate.commands, ...nameplate.commands.flatMap(({ commands }) => commands)])
    each
      .exitOverride()
      .showSuggestionAfterError()
      .showHelpAfterError(`\nNext: ${pathOf(each)} --help`)
      .configureHelp({ minWidthToWrap: 20, styleTitle: (title) => paint('bold', title) });
  return nameplate;
}

/** "nameplate maintenance on" */
const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

function maintenance(parent: Command): void {
  const switches = { on: 'Leads viewers to the maintenance page', off: 'Leads viewers back to the site' } as const;
  for (const state of ['on', 'off'] as const)
    watching(parent.command(state).description(switches[state]))
      .argument('<domain>', DOMAIN, domain)
      .option('--message <text>', 'what the page says instead of the words of the document')
      .option('--until <instant>', 'when that ends by itself: 2026-12-24T04:00:00Z')
      .option('--hold', 'neither a window nor the alarm switches until another request')
      .action(act(async () => (await import('./commands/maintenance.ts')).switched(state)));
  remote(parent.command('schedule').description('Declares a window: the page is on meanwhile'), 'the window')
    .argument('<domain>', DOMAIN, domain)
    .requiredOption('--from <time>', '2026-12-24T02:00 with --time-zone, or 2026-12-24T01:00:00Z')
    .requiredOption('--until <time>', 'the same')
    .option('--time-zone <zone>', 'such as Europe/Berlin')
    .option('--message <text>', 'what the page says meanwhile')
    .action(act(async () => (await import('./commands/maintenance.ts')).schedule));
  remote(parent.command('windows').description('Lists the windows of a site'), 'the windows')
    .argument('<domain>', DOMAIN, domain)
    .option('--cancel <id>', 'cancel this one before')
    .action(act(async () => (await import('./commands/maintenance.ts')).windows));
  remote(parent.command('drill').description('Looks whether a failover would work; moves no traffic'), 'the report')
    .argument('<domain>', DOMAIN, domain)
    .action(act(async () => (await import('./commands/maintenance.ts')).drill));
}

function server(parent: Command): void {
  const actions = {
    stop: 'Stops it; its disk is billed on',
    start: 'Starts it again',
    remove: 'Terminates one that no document of the site uses any more, with its disk',
  } as const;
  for (const action of ['stop', 'start', 'remove'] as const) {
    const command = remote(parent.command(action).description(actions[action]), 'the site').argument(
      '<domain>',
      DOMAIN,
      domain,
    );
    if (action !== 'start') command.option('--yes', 'do not ask');
    command.action(act(async () => (await import('./commands/server.ts')).changeServer(action)));
  }
}

function serverKit(command: Command): void {
  const others = ['api', 'acmeDirectory', 'eabKid', 'email', 'fromSite'];
  command
    .argument('<domain>', DOMAIN)
    .requiredOption('--out <folder>', 'a folder that is not there yet, or is empty')
    .option('--alias <name>', 'a further name of the certificate and the server; may be repeated', repeated)
    .option('--upstream <url>', 'where the application listens (default: http://127.0.0.1:8080)')
    .option('--hsts <days>', 'tells browsers to use HTTPS only for so long; hard to take back')
    .option('--no-ipv6', 'listen on IPv4 only')
    .addOption(new Option('--exported', 'for a certificate that you export from ACM: no certbot').conflicts(others))
    .option(
      '--from-site',
      'names, directory and new credentials are those of the site, at the API of the options below',
    );
  placed(command)
    .option('--api <url>', 'the same as --from-site, at this address of the API')
    .option('--acme-directory <url>', 'EndpointUrl of the ACME endpoint, or ACME_DIRECTORY')
    .option('--eab-kid <id>', 'key id of its external account binding, or ACME_EAB_KID')
    .option('--email <address>', 'contact of the ACME account, or ACME_EMAIL')
    .addHelpText(
      'after',
      '\nThe MAC key of the binding is taken from ACME_EAB_HMAC_KEY alone: on a command line others could read it.\nExit codes: 0 written, 2 nothing was written.',
    )
    .action(act(async () => (await import('./commands/server-kit.ts')).writeServerKit));
}
