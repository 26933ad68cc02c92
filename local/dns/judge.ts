import type { DecodedPacket } from 'dns-packet';
import { type DomainName, domainName, isAtOrUnder } from './domain-name.ts';
import type { DnsRecord } from './record.ts';

/** What one server's answer means to a resolver that asked it about a name in `zone`. */
export type Verdict =
  | { says: 'answer'; records: DnsRecord[] }
  | { says: 'nothing'; rcode: 'NOERROR' | 'NXDOMAIN'; soa: DnsRecord | undefined }
  | { says: 'ask'; cut: DomainName; servers: DnsRecord[]; ds: DnsRecord[]; glue: DnsRecord[] }
  | { says: 'lame' };

/** Reads an answer. Only what lies in the asked zone is believed; a CNAME's target is asked about separately. */
export function judge(
  response: DecodedPacket,
  { zone, name, type }: { zone: DomainName; name: DomainName; type: string },
): Verdict {
  const rcode = (response as { rcode?: string }).rcode;
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return { says: 'lame' };
  const records = recordsIn(response.answers).filter(
    (record) => record.name === name && (type === 'ANY' || record.type === type || record.type === 'CNAME'),
  );
  const authorities = recordsIn(response.authorities);
  if (response.flag_aa) {
    if (records.length > 0) return { says: 'answer', records };
    const soa = authorities.find((record) => record.type === 'SOA' && isAtOrUnder(name, record.name));
    return { says: 'nothing', rcode, soa };
  }
  const servers = authorities.filter(
    // Strictly closer to the name than the zone that was asked: anything else leads in circles.
    ({ type: kind, name: cut }) => kind === 'NS' && cut !== zone && isAtOrUnder(cut, zone) && isAtOrUnder(name, cut),
  );
  const cut = servers[0]?.name;
  if (cut === undefined) return { says: 'lame' };
  const glue = recordsIn(response.additionals).filter(
    (record) => (record.type === 'A' || record.type === 'AAAA') && isAtOrUnder(record.name, zone),
  );
  const ds = authorities.filter((record) => record.type === 'DS' && record.name === cut);
  return { says: 'ask', cut, servers: servers.filter((record) => record.name === cut), ds, glue };
}

function recordsIn(section: DecodedPacket['answers']): DnsRecord[] {
  return (section ?? []).flatMap((record) =>
    record.type === 'OPT' ? [] : [{ ...record, name: record.name === '.' ? '' : domainName(record.name) }],
  );
}
