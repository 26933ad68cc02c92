import { randomInt } from 'node:crypto';
import { type Answer, decode, type RecordType, streamEncode } from 'dns-packet';
import { printable } from '../../domain/printable.ts';
import { failsWithoutIpv6, IPV6_NOT_JUDGED } from '../../domain/probes/no-ipv6.ts';
import type { Connect } from '../probes/connect.ts';

const DNS_PORT = 53;

/** The two bytes before a message over TCP. RFC 1035, 4.2.2. */
const LENGTH_BYTES = 2;

export interface Question {
  /** Lower case, no trailing dot; "" is the root. */
  name: string;
  type: RecordType;
}

/** What one name server said. Owner names are lower case without the trailing dot. */
export interface Response {
  /** "NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED" … */
  rcode: string;
  authoritative: boolean;
  answers: Answer[];
  authorities: Answer[];
  additionals: Answer[];
}

/** A name server that gave no usable answer. What it said is quoted, so the message is made printable. */
export class DnsFailure extends Error {
  override readonly name = 'DnsFailure';
  /** The zone on the way whose name servers all answer, and none for it: what leads there is wrong, and not the network. */
  readonly deafZone?: string;

  constructor(message: string, { deafZone, ...options }: ErrorOptions & { deafZone?: string | undefined } = {}) {
    super(printable(message), options);
    if (deafZone !== undefined) this.deafZone = deafZone;
  }
}

/**
 * Asks one name server one question over TCP, without recursion.
 *
 * @throws {DnsFailure} when it can't be reached, doesn't answer in time, or answers something else
 */
export async function query(
  address: string,
  question: Question,
  { connect, timeoutMs }: { connect: Connect; timeoutMs: number },
): Promise<Response> {
  const id = randomInt(0x1_00_00);
  const asked = { name: question.name || '.', type: question.type, class: 'IN' as const };
  try {
    const message = await exchange(address, streamEncode({ type: 'query', id, questions: [asked] }), {
      connect,
      timeoutMs,
    });
    return understood(message, { id, question });
  } catch (error) {
    const failure = (error as { code?: string }).code ?? '';
    const said = error instanceof Error ? error.message : String(error);
    const reason = failsWithoutIpv6({ address, failure }) ? IPV6_NOT_JUDGED : said;
    const what = `Cannot ask ${address} for "${question.name}" ${question.type}`;
    throw new DnsFailure(`${what}: ${reason}`, { cause: error });
  }
}

function exchange(
  address: string,
  message: Buffer,
  { connect, timeoutMs }: { connect: Connect; timeoutMs: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(address, DNS_PORT);
    const late = setTimeout(() => socket.destroy(new Error(`no answer within ${Math.round(timeoutMs)} ms`)), timeoutMs);
    let received = Buffer.alloc(0);
    let answer: Buffer | undefined;
    socket.on('connect', () => socket.write(message));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < LENGTH_BYTES || received.length < LENGTH_BYTES + received.readUInt16BE(0)) return;
      answer = received.subarray(LENGTH_BYTES, LENGTH_BYTES + received.readUInt16BE(0));
      socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(late);
      // Not before: who counts connections counts this one until it is closed.
      if (answer) resolve(answer);
      else reject(new Error('the connection closed before the answer'));
    });
  });
}

/** dns-packet decodes the response code; its types don't say so. */
type Decoded = ReturnType<typeof decode> & { rcode: string };

function understood(message: Buffer, { id, question }: { id: number; question: Question }): Response {
  const packet = decode(message) as Decoded;
  const echoed = packet.questions?.[0];
  if (!packet.flag_qr || packet.id !== id) throw new Error('the answer belongs to another question');
  if (!echoed || canonical(echoed.name) !== question.name || echoed.type !== question.type) {
    throw new Error('the answer is about another name');
  }
  return {
    rcode: packet.rcode,
    authoritative: packet.flag_aa,
    answers: lowerCase(packet.answers),
    authorities: lowerCase(packet.authorities),
    additionals: lowerCase(packet.additionals),
  };
}

function lowerCase(answers: Answer[] = []): Answer[] {
  return answers.map((answer) => ({ ...answer, name: canonical(answer.name) }));
}

/** Lower case, without the trailing dot. */
export function canonical(name: string): string {
  return name.replace(/\.$/, '').toLowerCase();
}
