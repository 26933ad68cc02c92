import { pointer } from './pointer.ts';
import type { FieldError } from './problem.ts';

/** How deep a document may be nested: a site's has 4 levels. */
const MAX_DEPTH = 32;

/** Most problems that are told of one document. */
const MAX_ERRORS = 20;

/** Controls, which no field takes, and half a character, which is no text at all (RFC 8259, section 8.2). */
const UNUSABLE = /[\p{Cc}\p{Cs}]/u;

/** The fields whose text may have several lines. */
const MULTILINE: readonly PropertyKey[] = ['html', 'message'];
const UNUSABLE_IN_LINES = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

type Path = readonly PropertyKey[];

/**
 * What makes a parsed document unusable before any field is looked at: strings and keys with half a character or a control
 * character in it, and depth. Walks without recursion: a document is as deep as whoever sends it likes.
 */
export function textProblems(document: unknown): FieldError[] {
  const errors: FieldError[] = [];
  const open: { value: unknown; path: Path }[] = [{ value: document, path: [] }];
  for (let next = open.pop(); next && errors.length < MAX_ERRORS; next = open.pop()) {
    const { value, path } = next;
    const unusable = MULTILINE.includes(path.at(-1) ?? '') ? UNUSABLE_IN_LINES : UNUSABLE;
    if (typeof value === 'string' && unusable.test(value)) errors.push(wrong(path, ['the text', unusable], value));
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= MAX_DEPTH) {
      return [{ pointer: pointer(path), detail: `Cannot use what is nested deeper than ${MAX_DEPTH} levels` }];
    }
    const inside = Object.entries(value).toReversed();
    for (const [key, each] of inside) {
      const at = [...path, key];
      if (UNUSABLE.test(key)) errors.push(wrong(at, ['the key', UNUSABLE], key));
      open.push({ value: each, path: at });
    }
  }
  return errors.slice(0, MAX_ERRORS);
}

function wrong(path: Path, [what, unusable]: [string, RegExp], text: string): FieldError {
  const [found = ''] = unusable.exec(text) ?? [];
  const code = found.codePointAt(0) ?? 0;
  const kind = found.isWellFormed() ? 'a control character' : 'half a character';
  return { pointer: pointer(path), detail: `Cannot use ${what}: it has ${kind} in it (U+${hex(code)}); leave it out` };
}

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');
