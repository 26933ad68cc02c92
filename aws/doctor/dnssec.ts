import { createHash } from 'node:crypto';
import type { Answer } from 'dns-packet';

/** Source: IANA "Delegation Signer (DS) Resource Record Type Digest Algorithms", checked 2026-11-29. */
const DIGESTS: Record<number, string> = { 1: 'sha1', 2: 'sha256', 4: 'sha384' };

/** Always 3. Source: RFC 4034, section 2.1.2. */
const PROTOCOL = 3;

/** A DS record. Source: RFC 4034, section 5.1. */
export interface Ds {
  keyTag: number;
  algorithm: number;
  digestType: number;
  digest: Buffer;
}

/** The DS records among answers; their data is bytes where the decoder knows no such record. */
export function dsRecords(answers: readonly Answer[]): Ds[] {
  return answers.flatMap((answer) => {
    if (answer.type !== 'DS') return [];
    const data = answer.data as unknown;
    if (!Buffer.isBuffer(data)) return [data as Ds];
    if (data.length < 5) return [];
    const [algorithm = 0, digestType = 0] = data.subarray(2, 4);
    return [{ keyTag: data.readUInt16BE(0), algorithm, digestType, digest: data.subarray(4) }];
  });
}

/** The data of the DNSKEY records among answers, as on the wire. */
export function dnskeys(answers: readonly Answer[]): Buffer[] {
  return answers.flatMap((answer) => {
    if (answer.type !== 'DNSKEY') return [];
    const data = answer.data as unknown;
    if (Buffer.isBuffer(data)) return [data];
    const { flags, algorithm, key } = data as { flags: number; algorithm: number; key: Buffer };
    return [Buffer.concat([Buffer.from([flags >> 8, flags & 255, PROTOCOL, algorithm]), key])];
  });
}

/** Whether a DS record is that of one of the zone's keys; undefined when its digest is of a kind that isn't known here. */
export function isOfKey(
  { digestType, digest }: Ds,
  { zone, keys }: { zone: string; keys: Buffer[] },
): boolean | undefined {
  const algorithm = DIGESTS[digestType];
  if (algorithm === undefined) return undefined;
  const owner = wireName(zone);
  return keys.some((key) => createHash(algorithm).update(owner).update(key).digest().equals(digest));
}

export const dsInWords = ({ keyTag, algorithm, digestType, digest }: Ds): string =>
  `${keyTag} ${algorithm} ${digestType} ${digest.toString('hex').toUpperCase()}`;

function wireName(name: string): Buffer {
  const labels = name === '' ? [] : name.split('.');
  return Buffer.concat([
    ...labels.flatMap((label) => [Buffer.from([label.length]), Buffer.from(label, 'ascii')]),
    Buffer.from([0]),
  ]);
}
