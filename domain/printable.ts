/** Longest text that one field of a log line, a problem or the ledger holds. */
const MAX_CHARACTERS = 1024;

/** C0 and C1 controls, line and paragraph separators, and the marks that turn the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text from outside as one harmless line: what would break or colour a line is written as `\u{1b}`, and what is longer
 * than 1 KiB ends in "…". Applied twice it changes nothing more.
 */
export function printable(text: string): string {
  const escaped = text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return escaped.length > MAX_CHARACTERS ? `${escaped.slice(0, MAX_CHARACTERS - 1).toWellFormed()}…` : escaped;
}
