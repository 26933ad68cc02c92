import { isIPv4, isIPv6 } from 'node:net';
import { type CaaData, encode } from 'dns-packet';
import { type RecordData, recordsOf } from '../../../dns/record.ts';
import { Problem } from '../problem.ts';
import { characterStrings } from './character-strings.ts';
import { fieldsOf, hexadecimal, integer, target } from './fields.ts';

type Parser = (value: string) => RecordData;

/** The types that are served here; HTTPS and SVCB are not. */
const PARSERS: Record<string, Parser> = {
  A: (value) => address(value, { type: 'A', version: 'IPv4', isAddress: isIPv4 }),
  AAAA: (value) => address(value, { type: 'AAAA', version: 'IPv6', isAddress: isIPv6 }),
  CNAME: (value) => single('CNAME', value),
  NS: (value) => single('NS', value),
  PTR: (value) => single('PTR', value),
  MX: (value) => {
    const [preference = '', exchange = ''] = fieldsOf('MX', value, 2);
    return { preference: integer(preference, { type: 'MX', bits: 16 }), exchange: target(exchange) };
  },
  TXT: characterStrings,
  // dns-packet has no SPF of its own; its data is that of TXT.
  SPF: (value) => Buffer.concat(characterStrings(value).flatMap((bytes) => [Buffer.from([bytes.length]), bytes])),
  SRV: (value) => {
    const [priority = '', weight = '', port = '', host = ''] = fieldsOf('SRV', value, 4);
    const [p, w, n] = [priority, weight, port].map((text) => integer(text, { type: 'SRV', bits: 16 }));
    return { priority: p, weight: w, port: n ?? 0, target: target(host) };
  },
  CAA: (value) => {
    const [, flags = '', tag = '', quoted = ''] = /^\s*(\S+)\s+(\S+)\s+(.+)$/.exec(value) ?? [];
    if (quoted === '')
      throw new Problem('CAARRDATANot3Fields', { text: "CAA record doesn't have 3 fields", met: value });
    if (!/^[a-z0-9]{1,15}$/i.test(tag)) {
      throw new Problem('CAARRDATAIllegalTag', { text: 'Tag is not made of letters and digits', met: tag });
    }
    const [text] = characterStrings(quoted);
    // dns-packet's types know three tags; the protocol takes any.
    return { flags: integer(flags, { type: 'CAA', bits: 8 }), tag: tag as CaaData['tag'], value: String(text) };
  },
  DS: (value) => {
    const [tag = '', algorithm = '', digestType = '', digest = ''] = fieldsOf('DS', value, 4);
    return {
      keyTag: integer(tag, { type: 'DS', bits: 16 }),
      algorithm: integer(algorithm, { type: 'DS', bits: 8 }),
      digestType: integer(digestType, { type: 'DS', bits: 8 }),
      digest: hexadecimal(digest, 'DS'),
    };
  },
  NAPTR: (value) => {
    const strings = /^(\S+)\s+(\S+)\s+("(?:[^"\\]|\\.)*")\s+("(?:[^"\\]|\\.)*")\s+("(?:[^"\\]|\\.)*")\s+(\S+)$/;
    const [, order = '', preference = '', flags = '', services = '', regexp = '', replacement = ''] =
      strings.exec(value.trim()) ?? [];
    if (replacement === '')
      throw new Problem('NAPTRRRDATANot6Fields', { text: "NAPTR record doesn't have 6 fields", met: value });
    return {
      order: integer(order, { type: 'NAPTR', bits: 16 }),
      preference: integer(preference, { type: 'NAPTR', bits: 16 }),
      flags: String(characterStrings(flags)[0]),
      services: String(characterStrings(services)[0]),
      regexp: String(characterStrings(regexp)[0]),
      replacement: target(replacement),
    };
  },
  TLSA: (value) => {
    const [usage = '', selector = '', matchingType = '', certificate = ''] = fieldsOf('TLSA', value, 4);
    return {
      usage: integer(usage, { type: 'TLSA', bits: 8 }),
      selector: integer(selector, { type: 'TLSA', bits: 8 }),
      matchingType: integer(matchingType, { type: 'TLSA', bits: 8 }),
      certificate: hexadecimal(certificate, 'TLSA'),
    };
  },
  SSHFP: (value) => {
    const [algorithm = '', hash = '', fingerprint = ''] = fieldsOf('SSHFP', value, 3);
    return {
      algorithm: integer(algorithm, { type: 'SSHFP', bits: 8 }),
      hash: integer(hash, { type: 'SSHFP', bits: 8 }),
      fingerprint: String(hexadecimal(fingerprint, 'SSHFP').toString('hex')),
    };
  },
  SOA: (value) => {
    const [mname = '', rname = '', ...numbers] = fieldsOf('SOA', value, 7);
    const [serial, refresh, retry, expire, minimum] = numbers.map((text) => integer(text, { type: 'SOA', bits: 32 }));
    return { mname: target(mname), rname: target(rname), serial, refresh, retry, expire, minimum };
  },
};

/** What a value means in DNS. Throws a Problem when it is none of its type. */
export function recordData(type: string, value: string): RecordData {
  const parse = PARSERS[type];
  if (!parse)
    throw new Problem('UnsupportedType', { text: `The local AWS has no records of type ${type}`, met: value });
  const data = parse(value);
  try {
    // The encoder has rules of its own (an SSHFP's length by its kind), and it is the one that has to send it later.
    encode({ type: 'response', answers: recordsOf('x', { type, ttlSeconds: 0, data: [data] }) });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new Problem(`${type}RRDATAInvalid`, { text, met: value });
  }
  return data;
}

function address(
  value: string,
  { type, version, isAddress }: { type: string; version: string; isAddress: (text: string) => boolean },
): string {
  if (/\s/.test(value)) throw new Problem(`${type}RRDATANotSingleField`, { text: 'Value contains spaces', met: value });
  if (isAddress(value) && !value.includes('%')) return value;
  throw new Problem(`${type}RRDATAIllegal${version}Address`, {
    text: `Value is not a valid ${version} address`,
    met: value,
  });
}

function single(type: string, value: string): string {
  if (/\s/.test(value)) throw new Problem(`${type}RRDATANotSingleField`, { text: 'Value contains spaces', met: value });
  return target(value);
}
