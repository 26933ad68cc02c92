/** Longest text that one field of a log line, a problem or the ledger holds. */
const MAX_CHARACTERS = 1024;

/** Controls, line and paragraph separators, what has no glyph (joiners, marks of direction), and half a character. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Text from outside as one harmless line: what would break or colour it, or can't be seen, is written as `\u{1b}`, and what is longer
 * than 1 KiB ends in "…". Applied twice it changes nothing more.
 */
export function printable(text: string): string {
  const escaped = text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return escaped.length > MAX_CHARACTERS ? `${escaped.slice(0, MAX_CHARACTERS - 1).toWellFormed()}…` : escaped;
}
