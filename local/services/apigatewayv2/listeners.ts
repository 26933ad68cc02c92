import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Activity } from '../../clock/activity.ts';
import { type Answering, answerRequest } from './answer-request.ts';
import type { HttpApi } from './api.ts';
import { internalServerError, type Reply } from './reply.ts';

/** How long an idle connection stays open, in ms of wall time: longer than clients keep one. Node's five seconds meet a request now and then. */
const KEEP_ALIVE_MS = 75_000;

/** The loopback ports of the APIs. */
export class Listeners {
  readonly #answering: Answering;
  readonly #servers = new Map<string, Server>();
  /** The port of the first API; the others get any. */
  #port: number;

  constructor(answering: Answering, { port = 0 }: { port?: number | undefined } = {}) {
    this.#answering = answering;
    this.#port = port;
  }

  /** Serves an API on a port of 127.0.0.1; answers with its URL. Throws when the port is taken. */
  async open(api: HttpApi): Promise<string> {
    const { host } = this.#answering;
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      // Counts as work from the first byte to the last.
      const work = new Activity(host.clock);
      const answered = async () => {
        const requestId = host.draws.hex('apigateway:request', 15);
        const reply = await answerRequest(api, request, { ...this.#answering, requestId, work }).catch(
          (error: unknown) => {
            if (!request.socket.destroyed) console.error(error);
            return internalServerError();
          },
        );
        write(response, reply, { requestId, at: host.clock.now() });
      };
      void answered().finally(() => work.end());
    });
    server.listen(this.#port, '127.0.0.1');
    this.#port = 0;
    await once(server, 'listening');
    this.#servers.set(api.id, server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(apiId: string): Promise<void> {
    const server = this.#servers.get(apiId);
    if (!server) return;
    this.#servers.delete(apiId);
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#servers.keys()].map((apiId) => this.close(apiId)));
  }
}

function write(response: ServerResponse, reply: Reply, { requestId, at }: { requestId: string; at: Date }): void {
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(reply.cookies.length > 0 && { 'set-cookie': reply.cookies }),
    // AWS time: a client that corrects its clock by this header corrects it to ours.
    date: at.toUTCString(),
    'content-length': reply.body.length,
    'apigw-requestid': requestId,
  });
  response.end(reply.body);
}
