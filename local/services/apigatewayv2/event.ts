import type { HttpApi } from './api.ts';
import { decode, type Matched } from './match-route.ts';
import type { Received } from './received.ts';

/** Who signed a request, as the function is told. */
export interface Caller {
  accessKey: string;
  accountId: string;
  userArn: string;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The event that a function gets for a request, payload format 2.0.
 *
 * `rawPath` is percent-decoded and bears the stage's name, `rawQueryString` stays as sent: so HTTP APIs have it.
 * Source: API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs"; live captures in
 * hotsock/voker#8; checked 2026-11-22.
 */
export function eventOf(
  received: Received,
  {
    api,
    stage,
    matched,
    caller,
    account,
    requestId,
    at,
  }: {
    api: HttpApi;
    stage: { name: string; variables: Record<string, string> };
    matched: Matched;
    caller: Caller | undefined;
    account: string;
    requestId: string;
    at: Date;
  },
): object {
  const { method, path, query, headers, body, sourceIp } = received;
  const { cookie, ...others } = headers;
  const host = others['host'] ?? '';
  const rawPath = decode(path);
  const text = isText(others['content-type']);
  const { key } = matched.route;
  return {
    version: '2.0',
    routeKey: key,
    rawPath,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers: {
      ...others,
      'x-forwarded-for': sourceIp,
      'x-forwarded-port': host.split(':')[1] ?? '80',
      'x-forwarded-proto': 'http',
    },
    ...(query !== '' && { queryStringParameters: parametersOf(query) }),
    requestContext: {
      accountId: account,
      apiId: api.id,
      ...(caller && { authorizer: { iam: { ...caller, callerId: caller.accessKey, userId: caller.accessKey } } }),
      domainName: host,
      domainPrefix: api.id,
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp, userAgent: others['user-agent'] ?? '' },
      requestId,
      routeKey: key,
      stage: stage.name,
      time: clfTime(at),
      timeEpoch: at.getTime(),
    },
    ...(Object.keys(matched.parameters).length > 0 && { pathParameters: matched.parameters }),
    ...(Object.keys(stage.variables).length > 0 && { stageVariables: stage.variables }),
    ...(body.length > 0 && { body: body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !text,
  };
}

/** Values of one name are joined by commas. */
function parametersOf(query: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(query))
    joined[key] = key in joined ? `${joined[key]},${value}` : value;
  return joined;
}

/** What arrives as text and not as base64; a form is not among it. */
const isText = (contentType: string | undefined): boolean =>
  contentType === undefined ||
  /^(text\/.*|application\/(json|xml|javascript|[\w.-]+\+(json|xml)))\s*(;|$)/i.test(contentType);

/** "22/Nov/2026:12:00:00 +0000" */
export function clfTime(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
