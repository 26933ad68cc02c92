/** A body that was sent in chunks of AWS's own framing, and the headers after its last chunk. */
export interface Unchunked {
  body: Buffer;
  trailers: Record<string, string>;
}

/**
 * Reads the framing that S3's clients stream with: "size;chunk-signature=…", data, and headers at the end. The signatures of chunks are
 * not verified; the request's own is.
 * Source: Amazon S3 API Reference, "Signature calculations for the authorization header: transferring payload in multiple chunks"; checked 2026-11-30.
 *
 * @throws {RangeError} when the framing is broken
 */
export function readChunks(sent: Buffer): Unchunked {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = sent.indexOf('\r\n', at);
    const size = Number.parseInt(sent.toString('latin1', at, end), 16);
    if (end < 0 || Number.isNaN(size) || end + 2 + size > sent.length) throw new RangeError('a chunk is incomplete');
    at = end + 2;
    if (size === 0) return { body: Buffer.concat(parts), trailers: trailersIn(sent.toString('latin1', at)) };
    parts.push(sent.subarray(at, at + size));
    at += size + 2;
  }
}

function trailersIn(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).trim().toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
}
