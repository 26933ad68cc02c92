import type { DomainName } from './domain-name.ts';
import type { RecordSet } from './record.ts';

/** The start of authority of a zone that somebody else than Route 53 runs. */
export function soa(
  server: DomainName,
  { ttlSeconds, negativeSeconds }: { ttlSeconds: number; negativeSeconds: number },
): RecordSet {
  const data = {
    mname: server,
    rname: `hostmaster.${server}`,
    serial: 1,
    refresh: 7200,
    retry: 900,
    expire: 1_209_600,
  };
  return { type: 'SOA', ttlSeconds, data: [{ ...data, minimum: negativeSeconds }] };
}
