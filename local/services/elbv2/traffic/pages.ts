import { STATUS_CODES } from 'node:http';
import type { Exchange } from './exchange.ts';

/** What the load balancer itself answers with goes under this name. */
const SERVER = 'awselb/2.0';

/** The reason phrase that the load balancer's own pages bear, where it isn't the usual one. */
const WORDS: Record<number, string> = { 503: 'Service Temporarily Unavailable', 504: 'Gateway Time-out' };

/** The page of a status, as awselb/2.0 writes it. */
function statusPage(status: number): string {
  const words = `${status} ${WORDS[status] ?? STATUS_CODES[status] ?? ''}`.trim();
  return [
    '<html>',
    `<head><title>${words}</title></head>`,
    '<body>',
    `<center><h1>${words}</h1></center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}

/** Answers in the load balancer's own name. */
export function sayPage(
  { response }: Exchange,
  status: number,
  {
    body = statusPage(status),
    type = 'text/html',
    headers = {},
  }: { body?: string; type?: string; headers?: Record<string, string> } = {},
): void {
  if (response.headersSent || response.writableEnded) return;
  const own = { Server: SERVER, 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(body)) };
  response.statusCode = status;
  for (const [name, value] of Object.entries({ ...own, ...headers })) response.setHeader(name, value);
  response.end(body);
}

/** The answer to what is no request at all, written to the bare connection. */
export function bareRefusal(status: number): string {
  const body = statusPage(status);
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Server: ${SERVER}`,
    'Content-Type: text/html',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
