import type { Clock } from '../clock/clock.ts';
import type { DomainName } from './domain-name.ts';
import { type DnsRecord, negativeTtl } from './record.ts';

/** However long a TTL says, nothing is kept longer. Source: RFC 8767 section 4 (a week), checked 2026-11-22. */
const LONGEST_SECONDS = 604_800;
/** Source: RFC 2308 section 5 (one to three hours), checked 2026-11-22. */
const LONGEST_NEGATIVE_SECONDS = 10_800;

/** What is known of a name and type: its records, or that there are none and the SOA that says so. */
export interface Known {
  rcode: 'NOERROR' | 'NXDOMAIN';
  records: DnsRecord[];
  soa?: DnsRecord | undefined;
}

interface Entry extends Known {
  storedAt: number;
  expiresAt: number;
}

/** Remembers answers for their TTL, on AWS time. */
export class Cache {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What is remembered, with the TTLs that are left. A CNAME answers for every type, NXDOMAIN too. */
  get(name: DomainName, type: string): Known | undefined {
    return this.#fresh(`${name} ${type}`) ?? this.#fresh(`${name} CNAME`, 'records') ?? this.#fresh(`${name} *`);
  }

  put(name: DomainName, type: string, { rcode, records, soa }: Known): void {
    const kind = records.length === 0 && rcode === 'NXDOMAIN' ? '*' : (records[0]?.type ?? type);
    const seconds =
      records.length > 0
        ? Math.min(LONGEST_SECONDS, ...records.map((record) => record.ttl ?? 0))
        : Math.min(LONGEST_NEGATIVE_SECONDS, soa ? negativeTtl(soa) : 0);
    if (seconds === 0) return;
    const storedAt = this.#clock.now().getTime();
    this.#entries.set(`${name} ${type === 'ANY' ? 'ANY' : kind}`, {
      rcode,
      records,
      soa: soa && { ...soa, ttl: seconds },
      storedAt,
      expiresAt: storedAt + seconds * 1000,
    });
  }

  #fresh(key: string, only?: 'records'): Known | undefined {
    const entry = this.#entries.get(key);
    if (!entry || (only && entry.records.length === 0)) return undefined;
    const now = this.#clock.now().getTime();
    if (entry.expiresAt <= now) {
      this.#entries.delete(key);
      return undefined;
    }
    const aged = (record: DnsRecord): DnsRecord => ({
      ...record,
      ttl: Math.max(0, (record.ttl ?? 0) - Math.floor((now - entry.storedAt) / 1000)),
    });
    return { rcode: entry.rcode, records: entry.records.map(aged), soa: entry.soa && aged(entry.soa) };
  }
}
