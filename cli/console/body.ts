import type { IncomingMessage } from 'node:http';
import type { Refused } from './access.ts';

/** The API takes 192 KiB. */
const MAX_BYTES = 256 * 1024;

/** The body of a request as text, or why it is not taken. No more than its bound is ever kept. */
export async function bodyOf(request: IncomingMessage): Promise<string | Refused> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BYTES) return { status: 413, detail: `Cannot take a body of more than ${MAX_BYTES} bytes` };
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
