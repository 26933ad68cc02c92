import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  CHECKING_DISABLED,
  type DecodedPacket,
  DNSSEC_OK,
  decode,
  encode,
  type OptAnswer,
  type Packet,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
} from 'dns-packet';
import type { Question, Rcode, Reply } from './record.ts';

/** Source: RFC 1035 section 2.3.4, checked 2026-11-22. */
const PLAIN_UDP_BYTES = 512;
/** What this side sends over UDP at most, however much the other side takes. Source: DNS Flag Day 2020, checked 2026-11-22. */
const EDNS_UDP_BYTES = 1232;
const HEADER_BYTES = 12;
/** The extended rcode 16 in its upper eight bits. Source: RFC 6891 section 9, checked 2026-11-22. */
const BADVERS_EXTENDED = 1;

const RCODES: Record<Rcode, number> = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 };

export interface Answering {
  transport: 'udp' | 'tcp';
  /** This server looks further for those who ask it to (recursion). */
  recursive?: boolean;
  answer(question: Question, asked: { recursionDesired: boolean }): Reply | Promise<Reply>;
}

/** Answers one message as it came over the wire; undefined when nothing should be sent back. */
export async function answerMessage(bytes: Buffer, answering: Answering): Promise<Buffer | undefined> {
  const query = decoded(bytes);
  if (query === 'unreadable') return formatError(bytes);
  if (query.flag_qr) return undefined;
  const edns = (query.additionals ?? []).find((record): record is OptAnswer => record.type === 'OPT');
  const limit = answering.transport === 'tcp' ? 65_535 : udpLimit(edns);
  try {
    const reply = edns && edns.ednsVersion !== 0 ? nothing('NOERROR') : await replyTo(query, answering);
    return fitted(packetOf(reply, { query, edns, recursive: answering.recursive }), limit);
  } catch (error) {
    // A mistake of ours in one answer; a name server goes on and says SERVFAIL, and the mistake is printed.
    console.error(error);
    return fitted(packetOf(nothing('SERVFAIL'), { query, edns, recursive: answering.recursive }), limit);
  }
}

function packetOf(
  reply: Reply,
  { query, edns, recursive }: { query: DecodedPacket; edns: OptAnswer | undefined; recursive: boolean | undefined },
): Packet {
  const flags =
    ((query.flags ?? 0) & (RECURSION_DESIRED | CHECKING_DISABLED | OPCODE_BITS)) |
    (reply.authoritative ? AUTHORITATIVE_ANSWER : 0) |
    (recursive ? RECURSION_AVAILABLE : 0) |
    RCODES[reply.rcode];
  return {
    type: 'response',
    id: query.id,
    flags,
    questions: query.questions,
    answers: reply.answers,
    authorities: reply.authorities,
    additionals: edns ? [...reply.additionals, ednsOf(edns)] : reply.additionals,
  };
}

const OPCODE_BITS = 0b1111 << 11;

async function replyTo(query: DecodedPacket, { answer }: Answering): Promise<Reply> {
  const [question, ...more] = query.questions ?? [];
  if ((query as { opcode?: string }).opcode !== 'QUERY') return nothing('NOTIMP');
  if (!question || more.length > 0) return nothing('FORMERR');
  if (question.class !== 'IN') return nothing('REFUSED');
  const type: string = question.type;
  if (type === 'AXFR' || type === 'IXFR') return nothing('REFUSED');
  // dns-packet spells the root "."; the empty name is what this room compares.
  const name = question.name === '.' ? '' : question.name;
  return answer({ name, type }, { recursionDesired: query.flag_rd });
}

/** An empty reply. */
export function nothing(rcode: Rcode): Reply {
  return { rcode, answers: [], authorities: [], additionals: [] };
}

function udpLimit(edns: OptAnswer | undefined): number {
  if (!edns) return PLAIN_UDP_BYTES;
  return Math.max(PLAIN_UDP_BYTES, Math.min(edns.udpPayloadSize, EDNS_UDP_BYTES));
}

function ednsOf(asked: OptAnswer): Answer {
  return {
    name: '.',
    type: 'OPT',
    udpPayloadSize: EDNS_UDP_BYTES,
    extendedRcode: asked.ednsVersion === 0 ? 0 : BADVERS_EXTENDED,
    ednsVersion: 0,
    flags: asked.flag_do ? DNSSEC_OK : 0,
    flag_do: asked.flag_do,
    options: [],
  };
}

/** The message within `limit` bytes: what doesn't fit is left out and marked as truncated, so that the asker uses TCP. */
function fitted(packet: Packet, limit: number): Buffer {
  const whole = encode(packet);
  if (whole.length <= limit) return whole;
  return encode({
    ...packet,
    flags: (packet.flags ?? 0) | TRUNCATED_RESPONSE,
    answers: [],
    authorities: [],
    additionals: (packet.additionals ?? []).filter((record) => record.type === 'OPT'),
  });
}

function decoded(bytes: Buffer): DecodedPacket | 'unreadable' {
  try {
    return decode(bytes);
  } catch {
    // dns-packet throws plain errors of many kinds for whatever it cannot read.
    return 'unreadable';
  }
}

/** FORMERR under the id of what could not be read; a message without a header, or an answer, gets nothing. */
function formatError(bytes: Buffer): Buffer | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const flags = bytes.readUInt16BE(2);
  if (flags & 0x8000) return undefined;
  return encode({ type: 'response', id: bytes.readUInt16BE(0), flags: (flags & RECURSION_DESIRED) | RCODES.FORMERR });
}
