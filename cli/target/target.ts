import { shellWord } from '../../domain/shell-word.ts';
import type { Send } from '../api.ts';
import { Ending, EXIT } from '../exit-codes.ts';
import { running } from '../running.ts';
import type { StackOptions } from './stack.ts';

export interface TargetOptions {
  stack?: string;
  region?: string;
  profile?: string;
  local?: boolean;
}

/** The API that a command talks to. */
export interface Target {
  url: string;
  /** "nameplate local", 'the stack "Nameplate" in eu-central-1 of 123456789012' */
  where: string;
  /** What brings a further command to the same place: "", " --stack staging". */
  options: string;
  /** Whether AWS time may run faster than the clock. */
  isLocal: boolean;
  send?: Send;
}

/**
 * Where a command goes: what its options name; else NAMEPLATE_URL; else the local AWS that runs on this machine; else the
 * stack of the AWS configuration.
 *
 * @throws {Ending} what is missing, and the fix
 */
export async function findTarget(given: TargetOptions, env = process.env): Promise<Target> {
  const { local } = given;
  const named = stackOptions(given);
  const names = Object.keys(named);
  if (local && names.length > 0)
    throw new Ending(`Cannot use --local with --${names[0]}: one is this machine, the other AWS`, EXIT.usage);
  const options = optionsOf(given);
  const { NAMEPLATE_URL: url } = env;
  if (!local && names.length === 0 && url) return atUrl(url);
  if (local || names.length === 0) {
    const addresses = running();
    if (addresses) return { url: addresses.api, where: 'nameplate local', options, isLocal: true };
    if (local)
      throw new Ending(
        'Cannot find a local AWS that runs: boot it in another terminal with "nameplate local"',
        EXIT.usage,
      );
  }
  const { stackTarget } = await import('./stack.ts');
  const { name, region, account, url: found, send } = await stackTarget(named);
  return {
    url: found,
    where: `the stack "${name}" in ${region} of ${account}`,
    options,
    isLocal: false,
    send,
  };
}

/** Those of the options that name a stack. */
const stackOptions = ({ stack, region, profile }: TargetOptions): StackOptions => ({
  ...(stack !== undefined && { stack }),
  ...(region !== undefined && { region }),
  ...(profile !== undefined && { profile }),
});

/** The same options, for a further command: " --stack staging". */
export const optionsOf = (given: TargetOptions): string =>
  Object.entries(stackOptions(given))
    .map(([option, value]) => ` --${option} ${shellWord(value)}`)
    .join('') + (given.local ? ' --local' : '');

/** An address as it was given: API Gateway's is signed for, another one is taken to need no signature. */
async function atUrl(url: string): Promise<Target> {
  const { protocol = '', hostname = '', username = '' } = URL.canParse(url) ? new URL(url) : {};
  if (!/^https?:$/.test(protocol) || username !== '')
    throw new Ending(
      `Cannot use NAMEPLATE_URL: "${url}" is no http: or https: URL, such as http://127.0.0.1:8080`,
      EXIT.usage,
    );
  const target = { url, where: url, options: '', isLocal: false };
  const [, region] = /\.execute-api\.([\w-]+)\.amazonaws\.com$/.exec(hostname) ?? [];
  if (region === undefined) return target;
  const { gatewaySend } = await import('./gateway-url.ts');
  return { ...target, send: gatewaySend(url, region) };
}
