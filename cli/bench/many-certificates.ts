import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as after } from 'node:timers/promises';

/** ACM lets itself be listed about once a second. Source: failures, A10. */
const PAGE_MS = 1_000;

/** In place of ACM's endpoint: lists what it is given, and passes all other calls on to the local AWS. */
export interface ManyCertificates {
  url: string;
  /** Calls since `list` was set, by operation. */
  calls: Map<string, number>;
  /** The local AWS. */
  target: string;
  /** Summaries as ACM lists them; while undefined, the local AWS lists its own. */
  list: readonly object[] | undefined;
  close(): void;
}

export async function startManyCertificates(): Promise<ManyCertificates> {
  const server = createServer(async (incoming, answer) => {
    const body = await buffer(incoming);
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    if (acm.list) acm.calls.set(operation, (acm.calls.get(operation) ?? 0) + 1);
    if (acm.list && operation === 'ListCertificates') {
      await after(PAGE_MS);
      answer.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      return answer.end(JSON.stringify(pageOf(acm.list, JSON.parse(body.toString()))));
    }
    const passed = await passOn(incoming, body, acm.target);
    answer.writeHead(passed.statusCode ?? 500, passed.headers);
    return passed.pipe(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const acm: ManyCertificates = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: new Map(),
    target: '',
    list: undefined,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return acm;
}

function pageOf(
  all: readonly object[],
  { NextToken = '0', MaxItems = 1_000 }: { NextToken?: string; MaxItems?: number },
) {
  const end = Number(NextToken) + MaxItems;
  return {
    CertificateSummaryList: all.slice(Number(NextToken), end),
    ...(end < all.length && { NextToken: String(end) }),
  };
}

/** Unchanged: the caller has signed its headers. */
async function passOn(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  target: string,
): Promise<IncomingMessage> {
  const outgoing = request(new URL(url ?? '/', target), { method: method ?? 'POST', headers });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return response;
}
