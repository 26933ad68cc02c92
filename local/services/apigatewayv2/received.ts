import type { IncomingMessage } from 'node:http';

/** The largest request, in bytes. Source: API Gateway "Quotas", HTTP API, payload size; checked 2026-11-22. */
const maxBytes = 10 * 1024 * 1024;

/** Where the person at this machine calls from, in the small internet. */
const personAddress = '198.51.100.7';

/** A request as it came in, whole. */
export interface Received {
  method: string;
  /** Percent-encoded, without the query: "/v1/sites/shop.example.test". */
  path: string;
  /** As sent, without the question mark. */
  query: string;
  /** Lower-case names; several of one name are joined by commas. */
  headers: Record<string, string>;
  body: Buffer;
  sourceIp: string;
}

/** Reads a request; undefined when its body is too large. */
export async function receive(request: IncomingMessage): Promise<Received | undefined> {
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
  }
  if (length > maxBytes) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct))
    headers[name] = (values ?? []).join(name === 'cookie' ? '; ' : ',');
  return {
    method: request.method ?? 'GET',
    path,
    query,
    headers,
    body: Buffer.concat(chunks),
    sourceIp: personAddress,
  };
}
