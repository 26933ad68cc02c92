import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Host } from '../host.ts';
import { createAnswering, notHere } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { CallLog } from './calls.ts';
import { unreadable } from './codes.ts';
import { credentialOf } from './credential.ts';
import { createDispatch } from './dispatch.ts';
import { Faults } from './faults.ts';
import { refusal } from './loopback.ts';
import { type Model, modelOf } from './model.ts';
import { NoAnswer } from './no-answer.ts';
import { noService } from './no-service.ts';
import type { Permissions } from './permissions.ts';
import type { WireAnswer, WireError, WireRequest } from './protocol.ts';
import { protocolOf, serviceOf } from './route.ts';
import { AwsError, type Dispatch, type Service } from './service.ts';
import { Work } from './work.ts';

/** The largest body that is read; Lambda's 6 MB of payload is the most that a service here takes. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

export interface FrontOptions {
  host: Host;
  /** The services; as a function for those that call others through `dispatch`. */
  services: Service[] | ((dispatch: Dispatch) => Service[]);
  /** Without it every caller may do everything. */
  permissions?: Permissions;
  faults?: Faults;
  calls?: CallLog;
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

/** The one endpoint of every service, on 127.0.0.1. */
export async function startFront({ host, port = 0, inside, ...options }: FrontOptions): Promise<Front> {
  const { permissions, faults = new Faults(), calls = new CallLog() } = options;
  const answering = createAnswering(host, { permissions, faults, calls });
  const dispatch: Dispatch = (request) => createDispatch(host, { services, answering })(request);
  const services: readonly Service[] =
    typeof options.services === 'function' ? options.services(dispatch) : options.services;

  async function answer(request: WireRequest, work: Work): Promise<WireAnswer> {
    const requestId = newRequestId(host);
    const credential = credentialOf(request);
    const service = await serviceOf(request, credential, services);
    if (!service) return noService(request, credential?.service);
    const model = await modelOf(service);
    const protocol = protocolOf(request, service);
    try {
      const operation = protocol.operation(request, model);
      const operationModel = model.operations.get(operation ?? '');
      if (operation === undefined || !operationModel) throw notHere(service.name, operation);
      const principal = authenticate(request, {
        credential,
        permissions,
        account: host.account,
        now: host.clock.now(),
        service,
      });
      const region = service.global ? 'us-east-1' : (credential?.region ?? host.homeRegion);
      const call = { service: service.name, operation, principal, account: host.account, region, requestId };
      const input = () =>
        protocol.decode(request, operationModel).catch((error: unknown) => {
          throw unreadable(service, error instanceof Error ? error.message : String(error));
        });
      return protocol.encode(await answering(service, call, input, work), operationModel, { model, requestId });
    } catch (thrown) {
      if (thrown instanceof NoAnswer) throw thrown;
      return protocol.encodeError(wireError(thrown, model), { model, requestId });
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refusal(request);
    if (refused !== undefined) return plain(response, 403, refused);
    if (inside?.(request, response)) return;
    const work = new Work(host.clock);
    try {
      const body = await bodyOf(request);
      if (!body) return plain(response, 413, `Cannot read a body of more than ${MAX_BODY_BYTES} bytes`);
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const { method = 'GET', headers } = request;
      const answered = await answer({ method, path: url.pathname, query: url.searchParams, headers, body }, work);
      response.writeHead(answered.status, { ...answered.headers, date: dateFor(request, host) });
      response.end(answered.body);
    } catch (thrown) {
      if (!(thrown instanceof NoAnswer)) throw thrown;
      if (thrown.seconds > 0) await work.wait(thrown.seconds);
      request.socket.destroy();
    } finally {
      work.end();
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error);
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

/** What goes on the wire for what an operation threw; anything but an AwsError is a mistake of ours and is printed. */
function wireError(thrown: unknown, model: Model): WireError {
  if (!(thrown instanceof AwsError)) {
    console.error(thrown);
    const message = `Internal failure of the local AWS: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    return { code: 'InternalFailure', message, status: 500, fault: 'server', members: {} };
  }
  const status = thrown.status ?? model.errors.get(thrown.code)?.status ?? 400;
  const fault = status < 500 ? 'client' : 'server';
  return { code: thrown.code, message: thrown.message, status, fault, members: thrown.members };
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

function newRequestId(host: Host): string {
  const digits = host.draws.hex('wire:request-id', 32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function plain(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${message}\n`);
}
