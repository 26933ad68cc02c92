import type { IncomingMessage, ServerResponse } from 'node:http';
import { Activity } from '../../../../clock/activity.ts';
import { TokenBucket } from '../../../../clock/token-bucket.ts';
import { NoAnswer } from '../../../../wire/no-answer.ts';
import type { Acme } from '../acme.ts';
import type { AcmeEndpoint } from '../endpoint.ts';
import { PROTOCOL_RATES, type ProtocolOperation } from '../quotas.ts';
import type { Answer } from './exchange.ts';
import { regionOf } from './host.ts';
import { Problem } from './problem.ts';
import { directoryOf, ROUTES, type Route } from './routes.ts';
import { readSigned } from './signed.ts';
import { underFaults } from './under-faults.ts';

/** The largest request; AWS publishes none. A CSR of a hundred long names takes a third of it. */
const MAX_BYTES = 128 * 1024;

/** Answers one request of an ACME client. */
export async function answerRequest(acme: Acme, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const work = new Activity(acme.acm.host.clock);
  let endpoint: AcmeEndpoint | undefined;
  let answer: Answer;
  try {
    const body = await read(request);
    endpoint = endpointOf(acme, request);
    if (!endpoint) throw new Problem('malformed', 'There is no such ACME endpoint', { status: 404 });
    answer = await answerAt(acme, { endpoint, request, body, work });
  } catch (thrown) {
    if (thrown instanceof NoAnswer) {
      if (thrown.seconds > 0) await work.wait(thrown.seconds * 1000);
      work.end();
      request.socket.destroy();
      return;
    }
    // A client that hung up in the middle is its own affair.
    if (request.destroyed && !request.complete) return work.end();
    answer = refusal(thrown);
  }
  work.end();
  send(response, { answer, endpoint, head: request.method === 'HEAD' });
}

const UUID_PATH = /^\/([0-9a-f-]{36})(\/[^?]*)$/;

/** The endpoint at the request's URL, while it is active. */
function endpointOf({ acm }: Acme, { headers, url = '' }: IncomingMessage): AcmeEndpoint | undefined {
  const region = regionOf((headers.host ?? '').replace(/:443$/, ''));
  const id = UUID_PATH.exec(url)?.[1];
  const found = region === undefined || id === undefined ? undefined : acm.endpoints.byId(id, region);
  return found?.status === 'ACTIVE' ? found : undefined;
}

interface Asked {
  endpoint: AcmeEndpoint;
  request: IncomingMessage;
  body: string;
  work: Activity;
}

async function answerAt(acme: Acme, { endpoint, request, body, work }: Asked): Promise<Answer> {
  const path = UUID_PATH.exec(request.url ?? '')?.[2] ?? '';
  const method = request.method ?? '';
  const answered = (operation: ProtocolOperation, answer: () => Answer | Promise<Answer>) =>
    underFaults({ acme, endpoint, operation, work }, () => {
      throttle(acme, endpoint, operation);
      return answer();
    });
  if (path === '/directory') {
    allow(method, ['GET', 'HEAD']);
    return answered('GetDirectory', () => ({ status: 200, body: directoryOf(endpoint.url) }));
  }
  if (path === '/new-nonce') {
    allow(method, ['HEAD', 'GET']);
    return answered('NewNonce', () => ({ status: method === 'HEAD' ? 200 : 204 }));
  }
  const route = ROUTES.find((one) => one.path.test(path));
  if (!route) throw new Problem('malformed', 'There is no such resource', { status: 404 });
  allow(method, ['POST']);
  if (request.headers['content-type'] !== 'application/jose+json') {
    throw new Problem('malformed', 'The content type must be "application/jose+json"', { status: 415 });
  }
  return answered(route.operation, () => answerSigned(acme, { endpoint, path, body, route }));
}

async function answerSigned(
  acme: Acme,
  { endpoint, path, body, route }: { endpoint: AcmeEndpoint; path: string; body: string; route: Route },
): Promise<Answer> {
  const signed = await readSigned(endpoint, { body, url: `${endpoint.url}${path}`, by: route.by });
  const exchange = { acme, endpoint, signed, id: route.path.exec(path)?.[1] ?? '' };
  if (route.by !== 'account') return route.answer(exchange);
  const { account } = signed;
  if (!account) throw new Problem('malformed', 'This request must be signed by an account');
  return route.answer({ ...exchange, account });
}

function allow(method: string, methods: string[]): void {
  if (methods.includes(method)) return;
  const options = { status: 405, headers: { allow: methods.join(', ') } };
  throw new Problem('malformed', `The method ${method} is not allowed`, options);
}

/** The rates are the AWS account's in a Region, whichever endpoint is asked. */
function throttle({ acm, buckets }: Acme, { region }: AcmeEndpoint, operation: ProtocolOperation): void {
  const ofRegion = buckets.get(region) ?? new Map<string, TokenBucket>();
  buckets.set(region, ofRegion);
  const bucket = ofRegion.get(operation) ?? new TokenBucket(acm.host.clock, PROTOCOL_RATES[operation]);
  ofRegion.set(operation, bucket);
  if (bucket.take()) return;
  throw new Problem('rateLimited', `Too many ${operation} requests`, { headers: { 'retry-after': '1' } });
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_BYTES) throw new Problem('malformed', 'The request is too large', { status: 413 });
  return Buffer.concat(chunks).toString();
}

/** Anything but a Problem is a mistake of ours and is printed. */
function refusal(thrown: unknown): Answer {
  if (!(thrown instanceof Problem)) console.error(thrown);
  const problem = thrown instanceof Problem ? thrown : new Problem('serverInternal', 'The request failed');
  return {
    status: problem.status,
    headers: { ...problem.headers, 'content-type': 'application/problem+json' },
    body: problem.document,
  };
}

interface Sent {
  answer: Answer;
  endpoint: AcmeEndpoint | undefined;
  head: boolean;
}

/** Every answer of an endpoint brings a nonce for the next request, and says where the directory is. */
function send(response: ServerResponse, { answer: { status, body, headers = {} }, endpoint, head }: Sent): void {
  const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
  const common = endpoint && {
    'replay-nonce': endpoint.nonces.give(),
    link: `<${endpoint.url}/directory>;rel="index"`,
  };
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}),
    ...common,
    ...headers,
    ...(status === 204 ? {} : { 'content-length': Buffer.byteLength(text) }),
  });
  response.end(head ? undefined : text);
}
