import type { DomainName } from '../../dns/domain-name.ts';
import { Problem } from './problem.ts';

/**
 * A name as Route 53 keeps and lists it: lower case, with the trailing dot, every character but letters, digits, hyphen and
 * underscore as its octal code: "*.Example.com" is "\052.example.com.".
 */
export type RecordName = string;

/** Source: RFC 1035 section 2.3.4, checked 2026-11-22. */
const MAX_LABEL_BYTES = 63;
const MAX_NAME_BYTES = 255;

const PLAIN = /[a-z0-9_-]/;

/** The one form of a name. Throws a Problem for what is no name. */
export function recordName(text: string): RecordName {
  return `${labelsOf(text).map(escaped).join('.')}.`;
}

/** The name as it goes over the wire; undefined for labels our DNS encoder has no way to write (a dot, a byte over 127). */
export function wireName(name: RecordName): DomainName | undefined {
  const labels = labelsOf(name);
  const hasOdd = labels.some((label) => label.includes('.') || Buffer.byteLength(label) !== label.length);
  return hasOdd ? undefined : labels.join('.');
}

/** The name as IAM condition keys write it: the one form, without the trailing dot. */
export function conditionName(text: string): string {
  try {
    return recordName(text).slice(0, -1);
  } catch (error) {
    if (error instanceof Problem) return text;
    throw error;
  }
}

/** The labels with their escapes resolved, in lower case, one character a byte. */
function labelsOf(text: string): string[] {
  if (text === '' || text === '.') throw new Problem('DomainNameEmpty', { text: 'Domain name is empty', met: text });
  const labels = [''];
  for (const [token] of text.matchAll(/\\[0-3][0-7]{2}|\\.|./gs)) {
    if (token === '.') labels.push('');
    else labels[labels.length - 1] += characterOf(token);
  }
  if (labels.length > 1 && labels.at(-1) === '') labels.pop();
  for (const label of labels) {
    if (label === '') throw new Problem('DomainLabelEmpty', { text: 'Domain label is empty', met: text });
    if (label.length > MAX_LABEL_BYTES) {
      throw new Problem('DomainLabelTooLong', { text: 'Domain label is too long', met: text });
    }
  }
  const bytes = labels.reduce((sum, label) => sum + label.length + 1, 1);
  if (bytes > MAX_NAME_BYTES) throw new Problem('DomainNameTooLong', { text: 'Domain name is too long', met: text });
  return labels;
}

function characterOf(token: string): string {
  if (token.length === 4) return String.fromCharCode(Number.parseInt(token.slice(1), 8)).toLowerCase();
  const character = token.length === 2 ? token.slice(1) : token;
  if (!/[\x21-\x7e]/.test(character)) {
    throw new Problem('UnsupportedCharacter', { text: 'Value contains unsupported characters', met: character });
  }
  return character.toLowerCase();
}

function escaped(label: string): string {
  return Array.from(label, (character) =>
    PLAIN.test(character) ? character : `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  ).join('');
}
