import type { CaaData, DsData, MxData, SoaData, SrvData } from 'dns-packet';
import type { DnsRecord } from '../../dns/record.ts';

/** The data of a record as zone files write it: `10 mail.example.test.`, `"some text"`. */
export function present({ type, data }: DnsRecord): string {
  const kind: string = type;
  switch (kind) {
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return `${data}.`;
    case 'TXT':
      return [data]
        .flat()
        .map((text) => JSON.stringify(String(text)))
        .join(' ');
    case 'MX': {
      const { preference, exchange } = data as MxData;
      return `${preference} ${exchange}.`;
    }
    case 'SRV': {
      const { priority, weight, port, target } = data as SrvData;
      return `${priority} ${weight} ${port} ${target}.`;
    }
    case 'CAA': {
      const { flags, tag, value } = data as CaaData;
      return `${flags} ${tag} "${value}"`;
    }
    case 'DS': {
      const { keyTag, algorithm, digestType, digest } = data as DsData;
      return `${keyTag} ${algorithm} ${digestType} ${digest.toString('hex').toUpperCase()}`;
    }
    case 'SOA': {
      const { mname, rname, serial, refresh, retry, expire, minimum } = data as SoaData;
      return `${mname}. ${rname}. ${serial} ${refresh} ${retry} ${expire} ${minimum}`;
    }
    default:
      return Buffer.isBuffer(data) ? data.toString('hex') : String(data);
  }
}
