import { Problem } from '../problem.ts';
import { recordName, wireName } from '../record-name.ts';

/** The fields of a value, separated by spaces. Throws a Problem unless there are `count`. */
export function fieldsOf(type: string, value: string, count: number): string[] {
  const fields = value.trim().split(/\s+/);
  if (fields.length === count) return fields;
  throw new Problem(`${type}RRDATANot${count}Fields`, {
    text: `Record has ${fields.length} fields, not ${count}`,
    met: value,
  });
}

/** A whole number that fits into so many bits. */
export function integer(text: string, { type, bits }: { type: string; bits: number }): number {
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** bits) return Number(text);
  throw new Problem(`${type}RRDATAIllegalNumber`, { text: `Value is not a number below 2^${bits}`, met: text });
}

/** The bytes behind hexadecimal digits. */
export function hexadecimal(text: string, type: string): Buffer {
  if (/^([0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  throw new Problem(`${type}RRDATAIllegalHex`, { text: 'Value is not in hexadecimal', met: text });
}

/** A domain name inside a value, as it goes over the wire. */
export function target(text: string): string {
  if (text === '.') return '';
  const wire = wireName(recordName(text));
  if (wire !== undefined) return wire;
  throw new Problem('UnsupportedCharacter', { text: 'Value contains unsupported characters', met: text });
}
