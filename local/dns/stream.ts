import type { Duplex } from 'node:stream';

/** A message is preceded by its length in two bytes. Source: RFC 1035 section 4.2.2, checked 2026-11-22. */
const LENGTH_BYTES = 2;

/** The messages that arrive on a stream, one by one, until it ends. */
export async function* messagesFrom(stream: Duplex): AsyncGenerator<Buffer> {
  let received: Buffer = Buffer.alloc(0);
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    received = Buffer.concat([received, chunk]);
    while (received.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + received.readUInt16BE(0);
      if (received.length < end) break;
      yield received.subarray(LENGTH_BYTES, end);
      received = received.subarray(end);
    }
  }
}

/** A message as it goes on a stream. */
export function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

/**
 * Answers every message that arrives on a stream until it ends, in the order they came. What cannot be read at all ends
 * the conversation: its boundaries are lost.
 */
export async function serveStream(
  stream: Duplex,
  respond: (message: Buffer) => Promise<Buffer | undefined>,
): Promise<void> {
  // A caller who vanished is no failure of the server.
  stream.on('error', () => stream.destroy());
  try {
    for await (const message of messagesFrom(stream)) {
      const response = await respond(message);
      if (!response || stream.destroyed) break;
      stream.write(framed(response));
    }
  } catch (error) {
    if (!stream.destroyed) throw error;
  }
  stream.end();
}
