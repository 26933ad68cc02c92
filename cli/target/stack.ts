import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { STSClient } from '@aws-sdk/client-sts';
import type { Send } from '../api.ts';
import { Ending, EXIT } from '../exit-codes.ts';
import { Unreached } from '../unreached.ts';
import { muteNodeNotice, noCredentials } from './credentials.ts';
import { denialIn, denied } from './denied.ts';
import { forbidden, isGateways } from './forbidden.ts';
import { type KnownStack, knownStacks } from './known-stacks.ts';
import { signing } from './signing.ts';

/** The name that infra/ gives the stack. */
export const DEFAULT_STACK = 'Nameplate';

/** "us-gov-east-1": DNS has no endpoint of another one, which looks as if there were no network. */
const REGION = /^[a-z]+(-[a-z]+)+-\d+$/;

export interface StackOptions {
  stack?: string | undefined;
  region?: string | undefined;
  profile?: string | undefined;
}

/** A stack on AWS: where its API is, and requests to it signed with the caller's own credentials. */
export interface StackTarget extends KnownStack {
  name: string;
  region: string;
  send: Send;
}

/**
 * Finds the API of a stack by its outputs, with credentials and region of the usual AWS configuration chain: environment,
 * profiles, SSO, roles. Its address is cached; it is looked up again when requests to it stop being answered by it.
 *
 * @throws {Ending} credentials, region, stack or permission that are missing, with the fix
 */
export async function stackTarget({ stack = DEFAULT_STACK, region, profile }: StackOptions): Promise<StackTarget> {
  const { env } = process;
  muteNodeNotice();
  // CDK heeds it, the SDK does not.
  if (env['AWS_DEFAULT_REGION']) env['AWS_REGION'] ??= env['AWS_DEFAULT_REGION'];
  const config = { ...(region !== undefined && { region }), ...(profile !== undefined && { profile }) };
  const client = new CloudFormationClient({ ...config, maxAttempts: 3 });
  const asked = profile ?? env['AWS_PROFILE'];
  const where = await regionOf(client, asked);
  // A session may end while a command runs.
  const credentials = () => client.config.credentials().catch(noCredentials(asked));
  const { accessKeyId, accountId } = await credentials();
  const cache = knownStacks();
  const who = accountId ?? asked ?? accessKeyId;
  const key = [who, where, stack, env['AWS_ENDPOINT_URL'] ?? ''].join(' ');
  const lookUp = async (): Promise<KnownStack> => {
    const found = await describe(client, { stack, region: where });
    await cache.keep(key, found);
    return found;
  };
  const cached = await cache.find(key);
  let known = cached ?? (await lookUp());
  let isFresh = cached === undefined;
  const sts = new STSClient({ ...config, region: where });
  const send: Send = async (path, init) => {
    const to = ({ url }: KnownStack) => signing(url, { region: where, credentials })(path, init);
    const response = await to(known).catch((error: unknown) => {
      if (error instanceof Ending || init?.signal?.aborted) throw error;
      if (isFresh) throw new Unreached(known.url, error);
      return undefined;
    });
    if (response && !isGateways(response)) return response;
    const former = known;
    if (!isFresh) {
      isFresh = true;
      known = await lookUp();
      if (known.url !== former.url) return send(path, init);
    }
    if (response === undefined) return send(path, init);
    if (response?.status === 403)
      throw await forbidden(sts, { url: known.url, region: where, path, method: init?.method });
    return response;
  };
  return { ...known, name: stack, region: where, send };
}

async function regionOf({ config }: CloudFormationClient, asked: string | undefined): Promise<string> {
  const region = await config.region().catch(async (cause: unknown) => {
    // Of a profile that there is not, this says so.
    if (asked) await config.credentials().catch(noCredentials(asked));
    throw new Ending(
      'Cannot tell the region: give --region, set AWS_REGION, or "region" in your AWS profile. To try it without AWS: nameplate local',
      EXIT.usage,
      { cause },
    );
  });
  if (REGION.test(region)) return region;
  throw new Ending(`Cannot use the region "${region}": it is no name of one, such as eu-central-1`, EXIT.usage);
}

async function describe(
  client: CloudFormationClient,
  { stack, region }: { stack: string; region: string },
): Promise<KnownStack> {
  const where = `the stack "${stack}" in ${region}`;
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack })).catch((error: Error) => {
    const denial = denialIn(error);
    if (denial) throw denied(`find ${where}`, denial);
    if (error.name === 'ValidationError')
      throw new Ending(
        `Cannot find ${where}: deploy it with "nameplate deploy", or name another one by --stack and --region`,
        EXIT.usage,
        { cause: error },
      );
    // An answer of AWS has a status; what has none is the network's.
    if (!(error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode)
      throw new Unreached(`AWS for ${where}`, error);
    throw new Ending(`Cannot ask AWS for ${where}: ${error.message || error.name}`, EXIT.usage, { cause: error });
  });
  const [{ Outputs = [], StackId = '' } = {}] = Stacks;
  const url = Outputs.find(({ OutputKey }) => OutputKey === 'ApiUrl')?.OutputValue;
  if (url === undefined)
    throw new Ending(
      `Cannot find the API of ${where}: it has no output "ApiUrl", so it is not Nameplate's`,
      EXIT.usage,
    );
  return { url, account: StackId.split(':')[4] ?? '' };
}
