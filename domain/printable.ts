/** Longest text that one field of a log line, an answer or the ledger holds, in bytes of UTF-8. */
const MAX_BYTES = 1024;

/** What stands for the rest; three bytes. */
const REST = '…';

/** Controls, line and paragraph separators, what has no glyph (joiners, marks of direction), and half a character. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const utf8 = new TextEncoder();

/**
 * Text from outside as one harmless line: what would break or colour it, or can't be seen, is written as `\u{1b}`, and what is longer
 * than 1 KiB ends in "…". Applied twice it changes nothing more.
 */
export function printable(text: string): string {
  // More than that never fits, escaped or not.
  const begin = text.slice(0, MAX_BYTES + 1);
  const escaped = begin.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  // Whole characters only.
  const { read } = utf8.encodeInto(escaped, new Uint8Array(MAX_BYTES));
  if (read === escaped.length) return escaped;
  const { read: kept } = utf8.encodeInto(escaped, new Uint8Array(MAX_BYTES - utf8.encode(REST).length));
  return `${escaped.slice(0, kept)}${REST}`;
}

/** JSON with every character that cannot be printed as JSON escapes it: it says the same, and breaks or turns no line. */
export function escapedUnprintable(json: string): string {
  return json.replace(UNPRINTABLE, (character) =>
    character.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
