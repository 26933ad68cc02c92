import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { Ending, EXIT } from '../exit-codes.ts';
import { denied } from './denied.ts';

/** What API Gateway answers itself: to who may not call, and where it has no such API or route any more. */
export const isGateways = ({ status, headers }: Response): boolean =>
  [403, 404].includes(status) && headers.get('content-type') !== 'application/problem+json';

interface Refused {
  /** The API's address. */
  url: string;
  region: string;
  path: string;
  method: string | undefined;
}

/** API Gateway's 403 names neither caller nor resource: STS tells who asks. An HTTP API takes callers of its own account alone. */
export async function forbidden(sts: STSClient, { url, region, path, method = 'GET' }: Refused): Promise<Ending> {
  const caller = await sts.send(new GetCallerIdentityCommand({})).catch((error: Error) => error);
  if (caller instanceof Error)
    return new Ending(`Cannot tell AWS who asks: ${caller.message}; log in again, then repeat the command`, EXIT.usage);
  const id = /^([a-z0-9]+)\.execute-api\./.exec(new URL(url).hostname)?.[1] ?? '*';
  const resource = `arn:aws:execute-api:${region}:${caller.Account}:${id}/$default/${method}${path.split('?')[0]}`;
  return denied(`ask ${url}`, { caller: caller.Arn, action: 'execute-api:Invoke', resource });
}
