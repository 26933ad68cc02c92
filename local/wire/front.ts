import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Activity } from '../clock/activity.ts';
import type { Host } from '../host.ts';
import { createAnswering } from './answer.ts';
import { bodyOf, MAX_BODY_BYTES, unpacked } from './body.ts';
import { CallLog } from './calls.ts';
import { createDispatch } from './dispatch.ts';
import { Faults } from './faults.ts';
import { createHttpAnswering } from './http-answering.ts';
import { refusal } from './loopback.ts';
import { NoAnswer } from './no-answer.ts';
import type { Permissions } from './permissions.ts';
import type { WireRequest } from './protocol.ts';
import type { Dispatch, Principal, Service } from './service.ts';

/** How long an idle connection stays open, in ms of wall time: longer than clients keep one. */
const KEEP_ALIVE_MS = 75_000;

export interface FrontOptions {
  host: Host;
  /** The services; as a function for those that call others through `dispatch`. */
  services: Service[] | ((dispatch: Dispatch) => Service[]);
  /** Without it every caller may do everything. */
  permissions?: Permissions;
  faults?: Faults;
  calls?: CallLog;
  /** Kills the process that calls, where it is one of ours: for faults. */
  kill?: (caller: Principal) => Promise<void>;
  /** Lets AWS time go on while the process that calls, where it is one of ours, waits for an answer that doesn't come. */
  rest?: (caller: Principal, letGo: AbortSignal) => Promise<void>;
  /** Default: any free port. */
  port?: number;
  /** Answers what is not AWS's ("/_local/…"); says whether it did. */
  inside?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface Front {
  /** "http://127.0.0.1:4566": the endpoint of every service. */
  url: string;
  port: number;
  dispatch: Dispatch;
  calls: CallLog;
  faults: Faults;
  close(): Promise<void>;
}

/**
 * The one endpoint of every service, on 127.0.0.1.
 *
 * @throws {Error} Node's own, when the port is taken
 */
export async function startFront({ host, port = 0, inside, permissions, ...options }: FrontOptions): Promise<Front> {
  const { faults = new Faults(), calls = new CallLog() } = options;
  const answering = createAnswering(host, { permissions, faults, calls, kill: options.kill });
  const dispatch: Dispatch = (request) => createDispatch(host, { services, answering })(request);
  const services: readonly Service[] =
    typeof options.services === 'function' ? options.services(dispatch) : options.services;
  const answer = createHttpAnswering(host, { services, answering, permissions, calls });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refusal(request);
    if (refused !== undefined) return plain(response, 403, refused);
    if (inside?.(request, response)) return;
    const work = new Activity(host.clock);
    try {
      const read = await requestOf(request);
      if ('status' in read) return plain(response, read.status, read.problem);
      const { status, headers, body } = await answer(read, work);
      response.writeHead(status, { ...headers, date: dateFor(request, host) });
      response.end(body);
    } catch (thrown) {
      if (!(thrown instanceof NoAnswer)) throw thrown;
      if (thrown.seconds > 0) await hold(request, thrown, work);
      request.socket.destroy();
    } finally {
      work.end();
    }
  }

  /** Leaves the caller waiting until it lets go, or the time is over. */
  async function hold(request: IncomingMessage, { seconds, caller }: NoAnswer, work: Activity): Promise<void> {
    const letGo = new AbortController();
    request.socket.once('close', () => letGo.abort());
    if (request.socket.destroyed) return;
    const resting = options.rest?.(caller, letGo.signal);
    await work.wait(seconds * 1000, letGo.signal);
    letGo.abort();
    await resting;
  }

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A caller that hung up in the middle is its own affair.
      if (!request.destroyed) console.error(error);
      request.socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    dispatch,
    calls,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The request, its body read and unpacked, or why it cannot be. */
async function requestOf(request: IncomingMessage): Promise<WireRequest | { status: number; problem: string }> {
  const sent = await bodyOf(request);
  if (!sent) return { status: 413, problem: `Cannot read a body of more than ${MAX_BODY_BYTES} bytes` };
  const { method = 'GET', headers, url = '/' } = request;
  if (!URL.canParse(url, 'http://127.0.0.1')) return { status: 400, problem: 'Cannot read the path' };
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  try {
    const { body, trailers } = await unpacked(sent, headers);
    return {
      method,
      path: pathname,
      query: searchParams,
      headers: { ...headers, ...trailers },
      body,
      ...(body !== sent && { packed: sent }),
    };
  } catch (error) {
    return { status: 400, problem: `Cannot unpack the body: ${error instanceof Error ? error.message : error}` };
  }
}

/**
 * The caller's own time where the request bears one: clients correct their clocks by this header and repeat what
 * failed while it differs from theirs, and AWS time does differ from the clock of the person at this machine.
 */
function dateFor({ headers }: IncomingMessage, host: Host): string {
  const signed = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec([headers['x-amz-date']].flat()[0] ?? '');
  const [, year, month, day, hour, minute, second] = signed ?? [];
  const at = signed ? new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) : host.clock.now();
  return (Number.isNaN(at.getTime()) ? host.clock.now() : at).toUTCString();
}

function plain(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${message}\n`);
}
