import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Page } from '../../domain/probes/page.ts';
import { Unreachable } from './unreachable.ts';

/** What is read of a page, unless more is asked for; the rest is not wanted. */
const MAX_BODY_BYTES = 4_096;

/** An HTTP answer with the beginning of its body. */
export interface ReadPage extends Page {
  body: string;
}

/** The same with its headers. */
export interface HeadedPage extends ReadPage {
  headers: IncomingHttpHeaders;
}

interface Asked {
  host: string;
  path: string;
  timeoutMs: number;
  /** Most that is read of the body; left out: 4 KiB. */
  mostBytes?: number;
  /** Beside those of every request; `connection` takes the place of "close". */
  headers?: Record<string, string>;
}

/**
 * Asks for one page over a connection that stands, follows no redirect, and ends the connection.
 *
 * @throws {Unreachable} when no HTTP answer comes
 */
export function readPage(
  socket: Duplex,
  { host, path, timeoutMs, mostBytes = MAX_BODY_BYTES, headers: more = {} }: Asked,
): Promise<HeadedPage> {
  return new Promise((resolve, reject) => {
    const endpoint = `"${host}${path}"`;
    const late = setTimeout(() => {
      fail(new Unreachable('ETIMEDOUT', `Cannot read ${endpoint}: no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    const done = () => {
      clearTimeout(late);
      socket.destroy();
    };
    const fail = (error: unknown) => {
      done();
      reject(Unreachable.from(error, endpoint));
    };
    const asked = request({
      createConnection: () => socket as never,
      method: 'GET',
      path,
      headers: { host, 'user-agent': 'nameplate-probe', accept: '*/*', connection: 'close', ...more },
    });
    asked.on('error', fail);
    asked.on('upgrade', (response: IncomingMessage) => {
      done();
      resolve(pageOf(response, ''));
    });
    asked.on('response', (response) => {
      let body = Buffer.alloc(0);
      const finish = () => {
        done();
        resolve(pageOf(response, body.subarray(0, mostBytes).toString('utf8')));
      };
      response.on('data', (chunk: Buffer) => {
        body = Buffer.concat([body, chunk]);
        if (body.length >= mostBytes) finish();
      });
      response.on('end', finish);
      response.on('error', fail);
    });
    asked.end();
  });
}

function pageOf({ statusCode: status = 0, headers }: IncomingMessage, body: string): HeadedPage {
  return {
    status,
    ...(headers.location === undefined ? {} : { location: headers.location }),
    ...(headers.server === undefined ? {} : { server: String(headers.server) }),
    ...(headers['set-cookie'] && { setsCookie: true }),
    ...(headers['strict-transport-security'] !== undefined && {
      strictTransport: headers['strict-transport-security'],
    }),
    ...(headers['retry-after'] === undefined ? {} : { retryAfter: String(headers['retry-after']) }),
    body,
    headers,
  };
}
