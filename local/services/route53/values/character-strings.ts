import { Problem } from '../problem.ts';

/** Source: RFC 1035 section 3.3, checked 2026-11-22. */
const MAX_STRING_BYTES = 255;

/** The quoted strings of a value: `"v=spf1" " -all"` is two. Escapes are `\"`, `\\` and octal codes. */
export function characterStrings(value: string): Buffer[] {
  const strings: Buffer[] = [];
  let rest = value.trimEnd();
  while (rest.length > 0) {
    const [quoted, inside] = /^\s*"((?:[^"\\]|\\[0-3][0-7]{2}|\\[^0-9])*)"(?=\s|$)/.exec(rest) ?? [];
    if (quoted === undefined || inside === undefined) {
      const text = 'Value should be enclosed in quotation marks';
      throw new Problem('InvalidCharacterString', { text, met: value });
    }
    strings.push(bytesOf(inside, value));
    rest = rest.slice(quoted.length);
  }
  if (strings.length === 0) {
    throw new Problem('InvalidCharacterString', { text: 'Value should be enclosed in quotation marks', met: value });
  }
  return strings;
}

function bytesOf(inside: string, value: string): Buffer {
  const text = inside.replace(/\\([0-3][0-7]{2}|[^0-9])/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : code,
  );
  if (/[^\x20-\xff\t]/.test(text)) {
    throw new Problem('UnsupportedCharacter', { text: 'Value contains unsupported characters', met: value });
  }
  const bytes = Buffer.from(text, 'latin1');
  if (bytes.length > MAX_STRING_BYTES) {
    throw new Problem('CharacterStringTooLong', { text: 'Value is too long', met: value });
  }
  return bytes;
}
