import { Authority } from '../../../local/dns/authority.ts';
import type { RecordData, RecordSet } from '../../../local/dns/record.ts';
import { soa } from '../../../local/dns/soa.ts';
import { PlainZone } from '../../../local/dns/zone.ts';

/** A record set with a TTL of five minutes. */
export function aSet(type: string, ...data: RecordData[]): RecordSet {
  return { type, ttlSeconds: 300, data };
}

/** A zone with an SOA that remembers nothing for longer than 60 s, and these records. */
export function aZone(origin: string, sets: Record<string, RecordSet[]> = {}): PlainZone {
  const zone = new PlainZone(origin, sets);
  zone.put(origin, soa('ns.example.test', { ttlSeconds: 900, negativeSeconds: 60 }));
  return zone;
}

/** A server of these zones. */
export function anAuthority(...zones: PlainZone[]): Authority {
  const authority = new Authority();
  for (const zone of zones) authority.host(zone);
  return authority;
}
