import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Send } from '../api.ts';
import { Ending, EXIT } from '../exit-codes.ts';
import { Unreached } from '../unreached.ts';
import { denialIn, denied } from './denied.ts';
import { type KnownStack, knownStacks } from './known-stacks.ts';
import { signing } from './signing.ts';

/** The name that infra/ gives the stack. */
export const DEFAULT_STACK = 'Nameplate';

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
  // The SDK's own notice on Node 20 is for whoever updates the SDK, which this file has bundled.
  env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
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
      throw await forbidden(sts, { known, region: where, path, method: init?.method ?? 'GET' });
    return response;
  };
  return { ...known, name: stack, region: where, send };
}

/** What API Gateway answers itself: to who may not call, and where it has no such API or route any more. */
const isGateways = ({ status, headers }: Response): boolean =>
  [403, 404].includes(status) && headers.get('content-type') !== 'application/problem+json';

async function regionOf({ config }: CloudFormationClient, asked: string | undefined): Promise<string> {
  return config.region().catch(async (cause: unknown) => {
    // Of a profile that there is not, this says so.
    if (asked) await config.credentials().catch(noCredentials(asked));
    throw new Ending(
      'Cannot tell the region: give --region, set AWS_REGION, or "region" in your AWS profile. To try it without AWS: nameplate local',
      EXIT.usage,
      { cause },
    );
  });
}

const noCredentials =
  (profile: string | undefined) =>
  (error: unknown): never => {
    const denial = denialIn(error);
    if (denial) throw denied('take the role', denial);
    const { message } = error as Error;
    throw new Ending(
      `Cannot find AWS credentials${profile === undefined ? '' : ` of the profile "${profile}"`} (${message.replace(/\.$/, '')}); give --profile, or log in: aws sso login, or set AWS_PROFILE. To try it without AWS: nameplate local`,
      EXIT.usage,
      { cause: error },
    );
  };

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

async function forbidden(
  sts: STSClient,
  { known, region, path, method }: { known: KnownStack; region: string; path: string; method: string },
): Promise<Ending> {
  const caller = await sts.send(new GetCallerIdentityCommand({})).catch((error: Error) => error);
  if (caller instanceof Error)
    return new Ending(`Cannot tell AWS who asks: ${caller.message}; log in again, then repeat the command`, EXIT.usage);
  const id = /^([a-z0-9]+)\.execute-api\./.exec(new URL(known.url).hostname)?.[1] ?? '*';
  const resource = `arn:aws:execute-api:${region}:${known.account}:${id}/$default/${method}${path.split('?')[0]}`;
  return denied(`ask ${known.url}`, { caller: caller.Arn, action: 'execute-api:Invoke', resource });
}
