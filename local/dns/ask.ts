import { randomInt } from 'node:crypto';
import { type DecodedPacket, decode, encode, type Packet, type RecordType } from 'dns-packet';
import type { Internet } from '../internet/internet.ts';
import { DNS_PORT } from './name-server.ts';
import type { Question } from './record.ts';
import { framed, messagesFrom } from './stream.ts';

/** No usable answer came: the server cannot be reached, stays silent, or talks nonsense. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Asks one name server one question over TCP. Throws NoAnswer; `signal` ends the wait. */
export async function ask(
  internet: Internet,
  question: Question,
  { from, server, signal }: { from: string; server: string; signal: AbortSignal },
): Promise<DecodedPacket> {
  const id = randomInt(65_536);
  try {
    const connection = await internet.connect(from, { address: server, port: DNS_PORT }, { signal });
    const stop = () => connection.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      connection.write(framed(encode(queryFor(question, id))));
      for await (const message of messagesFrom(connection)) return checked(decode(message), id);
    } finally {
      signal.removeEventListener('abort', stop);
      connection.destroy();
    }
  } catch (error) {
    // Whatever went wrong on the way or in the message, for the asker it is all the same: ask another server.
    throw new NoAnswer(`Cannot get an answer from ${server}: ${error instanceof Error ? error.message : error}`);
  }
  throw new NoAnswer(`Cannot get an answer from ${server}: it closed the connection`);
}

function queryFor({ name, type }: Question, id: number): Packet {
  return { type: 'query', id, flags: 0, questions: [{ name: name || '.', type: type as RecordType, class: 'IN' }] };
}

function checked(response: DecodedPacket, id: number): DecodedPacket {
  if (response.id !== id || !response.flag_qr) throw new Error('it answered something else');
  return response;
}
