import { Command, CommanderError } from 'commander';
import { lookAt, type Progress } from '../aws/doctor/look.ts';
import { examine, type Report, type Verdict } from '../domain/doctor/report.ts';
import { listed } from '../domain/listed.ts';
import { publicName } from '../domain/names/public-name.ts';
import { commandName, forScripts } from './command.ts';
import { reportText } from './doctor/report-text.ts';
import { wayTo } from './doctor/way.ts';

const EXIT_CODES: Record<Verdict, number> = { healthy: 0, findings: 1, notChecked: 2 };

interface Options {
  json?: boolean;
  local?: boolean;
  websocket?: string;
}

const command = forScripts(
  new Command(commandName('doctor'))
    .description('Examines any public name from outside and says what is wrong and what to do; needs no account')
    .argument('<name>', 'such as shop.example.com')
    .option('--websocket <path>', 'a path that takes WebSocket upgrades, such as /socket')
    .option(
      '--local',
      'look into the local AWS that "npm run local" has booted; names below .test and .example need no option',
    )
    .addHelpText('after', '\nExit codes: 0 healthy, 1 something is wrong, 2 it could not be checked.')
    .showSuggestionAfterError()
    .exitOverride(),
  'the report',
);

/** One line on a terminal while the looks are on their way. */
function telling(name: string): { progress: (at: Progress, addresses: readonly string[]) => void; clear: () => void } {
  const show = (line: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
  };
  return {
    progress: (at, addresses) => show(at === 'names' ? `Looking up ${name} …` : `Looking at ${listed(addresses, 3)} …`),
    clear: () => show(''),
  };
}

async function examined(typed: string, { json, local = false, websocket }: Options): Promise<Report> {
  const { name, problem } = publicName(typed);
  if (problem) throw new Error(problem.message);
  const { options, from } = await wayTo(name, { local });
  const { progress, clear } = telling(name);
  const begun = performance.now();
  const seen = await lookAt(name, {
    ...options,
    ...(websocket !== undefined && { webSocketPath: websocket }),
    ...(json !== true && { progress }),
  }).finally(clear);
  const report = examine(seen);
  const seconds = (performance.now() - begun) / 1000;
  const { isTTY: terminal, columns } = process.stdout;
  const colors = Boolean(terminal) && !process.env['NO_COLOR'];
  console.log(json ? JSON.stringify(report, null, 2) : reportText(report, { columns, colors, seconds, from }));
  return report;
}

try {
  command.parse();
  const [name = ''] = command.args;
  process.exitCode = EXIT_CODES[(await examined(name, command.opts<Options>())).verdict];
} catch (error) {
  const asked = error instanceof CommanderError && error.exitCode === 0;
  process.exitCode = asked ? 0 : 2;
  // Commander has said what is wrong already.
  if (!(error instanceof CommanderError)) console.error(error instanceof Error ? error.message : String(error));
}
