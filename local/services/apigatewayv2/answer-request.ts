import type { IncomingMessage } from 'node:http';
import type { Activity } from '../../clock/activity.ts';
import type { Host } from '../../host.ts';
import { refusal } from '../../wire/loopback.ts';
import type { Permissions } from '../../wire/permissions.ts';
import { AwsError, type Dispatch } from '../../wire/service.ts';
import type { LogSink } from '../logs/service.ts';
import { type AccessContext, accessLine } from './access-log.ts';
import type { ApiStage, HttpApi } from './api.ts';
import { authorize } from './authorize.ts';
import { allowsOrigin, corsHeaders, preflight } from './cors.ts';
import { clfTime, eventOf } from './event.ts';
import { type Invocation, invokeIntegration } from './invoke-integration.ts';
import { decode, type Matched, matchRoute } from './match-route.ts';
import { type Received, receive } from './received.ts';
import { message, type Reply } from './reply.ts';

export interface Answering {
  host: Host;
  dispatch: Dispatch;
  permissions: Permissions | undefined;
  /** Takes the access logs; without it there are none. */
  logs: LogSink | undefined;
}

/** One request on its way: its id, and what counts as work. */
interface Underway extends Answering {
  requestId: string;
  work: Activity;
}

/** Answers one request to an API, from the Host header to the function's answer. */
export async function answerRequest(api: HttpApi, request: IncomingMessage, answering: Underway): Promise<Reply> {
  const { origin } = request.headers;
  const allowed = allowsOrigin(api.cors, origin);
  const refused = refusal(allowed ? withoutOrigin(request) : request);
  if (refused !== undefined) return message(403, refused);
  const received = await receive(request);
  if (!received) return message(413, 'Request Entity Too Large');
  const asks = received.method === 'OPTIONS' && received.headers['access-control-request-method'] !== undefined;
  if (allowed && api.cors && origin && asks) return preflight(api.cors, origin);
  const reply = await answerReceived(api, received, answering);
  if (allowed && api.cors && origin) Object.assign(reply.headers, corsHeaders(api.cors, origin));
  return reply;
}

async function answerReceived(api: HttpApi, received: Received, underway: Underway): Promise<Reply> {
  const { host, requestId } = underway;
  const served = stageOf(api, received.path);
  const at = host.clock.now();
  const found: AccessContext = {};
  const reply = await answerServed(api, received, { ...underway, served, found });
  const accessLog = served?.stage.accessLog;
  if (accessLog) {
    const context: AccessContext = {
      requestId,
      extendedRequestId: requestId,
      accountId: host.account,
      apiId: api.id,
      stage: served.stage.name,
      domainName: received.headers['host'],
      domainPrefix: api.id,
      httpMethod: received.method,
      path: decode(received.path),
      protocol: 'HTTP/1.1',
      'identity.sourceIp': received.sourceIp,
      'identity.userAgent': received.headers['user-agent'],
      requestTime: clfTime(at),
      requestTimeEpoch: at.getTime(),
      status: reply.status,
      responseLength: reply.body.length,
      responseLatency: host.clock.now().getTime() - at.getTime(),
      'integration.error': reply.integrationError,
      integrationErrorMessage: reply.integrationError,
      ...found,
    };
    const place = { region: api.region, group: accessLog.group, stream: `${api.id}/${served.stage.name}` };
    underway.logs?.deliver(place, [{ at, message: accessLine(accessLog, context) }]);
  }
  return reply;
}

/** `found` gets what the access log says of the route and the caller. */
async function answerServed(
  api: HttpApi,
  received: Received,
  {
    host,
    dispatch,
    permissions,
    requestId,
    work,
    served,
    found,
  }: Underway & { served: ReturnType<typeof stageOf>; found: AccessContext },
): Promise<Reply> {
  const matched = served && matchRoute(api.routes.values(), { method: received.method, path: served.path });
  const integration = matched && api.integrations.get(matched.route.integrationId ?? '');
  if (!served || !matched || !integration) return message(404, 'Not Found');
  const { stage } = served;
  found['routeKey'] = matched.route.key;
  // Source: API Gateway Developer Guide, "Throttling requests to your HTTP API": a token counts for a request; checked 2026-11-29.
  if (stage.throttle?.bucket.take() === false) return message(429, 'Too Many Requests');
  const arn = `arn:aws:execute-api:${api.region}:${host.account}:${api.id}/${stage.name}`;
  const now = host.clock.now();
  try {
    const caller =
      matched.route.authorization === 'AWS_IAM'
        ? authorize(received, {
            permissions,
            account: host.account,
            region: api.region,
            now,
            resource: `${arn}/${received.method}${served.path}`,
          })
        : undefined;
    if (caller) {
      const { userArn, accessKey } = caller;
      Object.assign(found, { 'identity.userArn': userArn, 'identity.caller': accessKey, 'identity.user': accessKey });
    }
    const { account } = host;
    const event = eventOf(received, { api, stage, matched, caller, account, requestId, at: now });
    const invocation: Invocation = { integration, event, sourceArn: arn + sourcePath(matched, received.method) };
    return await invokeIntegration({ host, dispatch, work }, api, invocation);
  } catch (error) {
    if (error instanceof AwsError && error.status === 403) return message(403, 'Forbidden');
    throw error;
  }
}

/** The stage a path belongs to: one that bears its first segment's name, else "$default"; and the path within it. */
function stageOf({ stages }: HttpApi, path: string): { stage: ApiStage; path: string } | undefined {
  const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/s.exec(path) ?? [];
  const named = stages.get(first);
  if (named) return { stage: named, path: rest || '/' };
  const root = stages.get('$default');
  return root && { stage: root, path };
}

/** What stands for the request in the ARN that the function's policy is asked about: the route, not the path. */
function sourcePath({ route }: Matched, method: string): string {
  if (route.key === '$default') return '/$default';
  return `/${method}${route.key.split(' ')[1] ?? ''}`;
}

/** The request as its Host alone is to be judged: the API's own configuration lets pages of its origin in. */
function withoutOrigin(request: IncomingMessage): IncomingMessage {
  const { origin: _origin, 'sec-fetch-site': _site, ...headers } = request.headers;
  return { headers, socket: request.socket } as IncomingMessage;
}
