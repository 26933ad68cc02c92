import type { Send } from '../api.ts';
import { Ending, EXIT } from '../exit-codes.ts';
import { running } from '../running.ts';
import { shellWord } from '../shell-word.ts';

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
export async function findTarget(options: TargetOptions, env = process.env): Promise<Target> {
  const { local, ...named } = options;
  const names = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (local && names.length > 0)
    throw new Ending(`Cannot use --local with --${names[0]?.[0]}: one is this machine, the other AWS`, EXIT.usage);
  const { NAMEPLATE_URL: url } = env;
  if (!local && names.length === 0 && url) return atUrl(url);
  if (local || names.length === 0) {
    const addresses = running();
    if (addresses)
      return { url: addresses.api, where: 'nameplate local', options: local ? ' --local' : '', isLocal: true };
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
    options: names.map(([option, value]) => ` --${option} ${shellWord(value)}`).join(''),
    isLocal: false,
    send,
  };
}

/** An address as it was given: API Gateway's is signed for, another one is taken to need no signature. */
async function atUrl(url: string): Promise<Target> {
  const { hostname } = URL.canParse(url) ? new URL(url) : { hostname: '' };
  if (hostname === '')
    throw new Ending(`Cannot use NAMEPLATE_URL: "${url}" is no URL, such as http://127.0.0.1:8080`, EXIT.usage);
  const target = { url, where: url, options: '', isLocal: false };
  const [, region] = /\.execute-api\.([\w-]+)\.amazonaws\.com$/.exec(hostname) ?? [];
  if (region === undefined) return target;
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const { signing } = await import('./signing.ts');
  return {
    ...target,
    send: signing(url, { region, credentials: new CloudFormationClient({ region }).config.credentials }),
  };
}
