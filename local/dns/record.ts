import type { Answer, OptAnswer, Packet, RecordType, SoaData } from 'dns-packet';
import type { DomainName } from './domain-name.ts';

/** A resource record, in the form dns-packet encodes. */
export type DnsRecord = Exclude<Answer, OptAnswer>;
/** The data of a record: a string for A or NS, an object for MX or SOA, buffers for TXT. */
export type RecordData = DnsRecord['data'];

/** The records of one owner name and type. */
export interface RecordSet {
  type: string;
  ttlSeconds: number;
  data: RecordData[];
}

/** The question as it was asked; the name keeps the letters' case it was asked in. */
export interface Question {
  name: string;
  type: string;
}

export type Rcode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED';

/** The answer of a server to one question. */
export interface Reply {
  rcode: Rcode;
  /** The answer comes from a zone this server is authoritative for. */
  authoritative?: boolean;
  answers: DnsRecord[];
  authorities: DnsRecord[];
  additionals: DnsRecord[];
}

/** The records of a set under an owner name. */
export function recordsOf(owner: DomainName, { type, ttlSeconds, data }: RecordSet): DnsRecord[] {
  // A copy, since dns-packet turns strings into buffers in what it is given.
  return data.map((datum) => ({
    name: owner,
    type: type as RecordType,
    ttl: ttlSeconds,
    class: 'IN',
    data: structured(datum),
  })) as DnsRecord[];
}

/** Seconds a resolver may remember that something isn't there. Source: RFC 2308 section 5, checked 2026-11-22. */
export function negativeTtl(soa: DnsRecord): number {
  return Math.min(soa.ttl ?? 0, (soa.data as SoaData).minimum ?? 0);
}

/** A packet with nothing in it yet but what every message has. */
export type Message = Required<Pick<Packet, 'questions' | 'answers' | 'authorities' | 'additionals'>>;

function structured(datum: RecordData): RecordData {
  if (Array.isArray(datum)) return [...datum];
  return typeof datum === 'object' && !Buffer.isBuffer(datum) ? { ...datum } : datum;
}
