import { Command, InvalidArgumentError, Option } from 'commander';
import { asTyped } from './as-typed.ts';
import type { BootOptions } from './boot.ts';
import { stoppedBy } from './stop.ts';
import { fit } from './text/fit.ts';
import { widthOf } from './text/table.ts';

/** How a person has run a command, to be run again with arguments: "nameplate local", "npm run local --". */
export const commandName = (script: string): string =>
  process.env['npm_lifecycle_event'] === script ? `npm run ${script} --` : asTyped(script);

/** Where relative paths begin: npm runs a script of this package in its folder, and tells in INIT_CWD where it was called. */
export const whereAsked = (script: string): string =>
  (process.env['npm_lifecycle_event'] === script && process.env['INIT_CWD']) || '.';

/** A command with the options that everything which boots the local AWS shares. */
export function program(name: string, description: string): Command {
  return new Command(commandName(name))
    .description(description)
    .addOption(
      new Option('--speed <n>', 'AWS seconds that pass in one while everything waits')
        .default(30)
        .argParser(number({ above: 0 })),
    )
    .addOption(
      new Option('--seed <n>', "decides the draw of AWS's delays").default(1).argParser(number({ whole: true })),
    )
    .addOption(
      new Option(
        '--port <n>',
        'base port: the API listens there, the rest on the next ones (default: any free)',
      ).argParser(number({ whole: true, above: 0, below: 65_533 })),
    )
    .showSuggestionAfterError();
}

/** The parsed options, as `boot` takes them. */
export const bootOptions = <More extends object>(command: Command): BootOptions & More =>
  command.opts<BootOptions & More>();

/** Reads the value of an option. */
export function number({
  whole = false,
  above = -Infinity,
  below = Infinity,
}: {
  whole?: boolean;
  above?: number;
  below?: number;
}) {
  return (text: string): number => {
    const value = Number(text);
    if (
      text.trim() === '' ||
      !Number.isFinite(value) ||
      (whole && !Number.isInteger(value)) ||
      value <= above ||
      value >= below
    ) {
      const bounds = [above > -Infinity && `above ${above}`, below < Infinity && `below ${below}`]
        .filter(Boolean)
        .join(' and ');
      throw new InvalidArgumentError(`It must be a ${whole ? 'whole ' : ''}number${bounds && ` ${bounds}`}.`);
    }
    return value;
  };
}

/**
 * Gives a command `--json`, for scripts. npm prints which script it runs on the same standard output, and only its own
 * `--silent` prevents that, so stderr says so to a person who left it out. Below another script npm prints nothing.
 */
export function forScripts(command: Command, what: string): Command {
  return command.option('--json', `print ${what}, for scripts`).on('option:json', () => {
    const { npm_lifecycle_event: script = '', npm_config_loglevel: loglevel } = process.env;
    if ([script, commandName(script)].includes(command.name()) && loglevel !== 'silent')
      console.error(
        `npm prints lines of its own before the JSON; leave them out: npm run --silent ${script} -- --json`,
      );
  });
}

/** Runs a command's work; what goes wrong becomes one sentence and exit code 1. */
export async function tell(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const stop = stoppedBy(error);
    process.exitCode = stop?.exitCode ?? 1;
    if (!stop) console.error(fit(error instanceof Error ? error.message : String(error), widthOf(process.stderr)));
  }
}
