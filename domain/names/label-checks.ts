import { domainToASCII } from 'node:url';
import type { Label } from './labels.ts';
import { type NameProblem, quoted } from './name-problem.ts';
import { isTypeable } from './typing-checks.ts';

/** Source: RFC 1035, section 2.3.4, checked 2026-11-22. */
const MAX_LABEL_CHARACTERS = 63;

export function emptyLabel({ ascii }: Label): NameProblem | undefined {
  if (ascii !== '') return undefined;
  return { reason: 'invalid', message: 'nothing stands between two of its dots, or before the first' };
}

export function labelTooLong({ ascii, unicode }: Label): NameProblem | undefined {
  if (ascii.length <= MAX_LABEL_CHARACTERS) return undefined;
  const message = `its label ${quoted(unicode)} has ${ascii.length} characters in DNS; ${MAX_LABEL_CHARACTERS} is the most`;
  return { reason: 'tooLong', message };
}

/** The rule of host names: letters, digits and hyphens, no hyphen at either end. */
export function notLettersDigitsHyphen({ ascii, unicode }: Label): NameProblem | undefined {
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(ascii)) return undefined;
  const message = `its label ${quoted(unicode)} must be letters, digits and hyphens, with no hyphen at either end`;
  return { reason: 'invalid', message };
}

/** A23: hyphens in third and fourth place are kept for encodings, and "xn--" is the only one. */
export function reservedHyphens({ ascii, unicode }: Label): NameProblem | undefined {
  const label = ascii.startsWith('xn--') && unicode !== ascii ? unicode : ascii;
  if (label.slice(2, 4) !== '--' || label.startsWith('xn--')) return undefined;
  return { reason: 'invalid', message: `its label ${quoted(label)} has "--" in third place, which is reserved` };
}

/** An "xn--" label must decode, to what could have been typed and encodes to the same label again. */
export function malformedPunycode({ ascii, unicode }: Label): NameProblem | undefined {
  if (!ascii.startsWith('xn--')) return undefined;
  const decodes = unicode !== ascii && !unicode.startsWith('xn--') && isTypeable(unicode);
  if (decodes && domainToASCII(`${unicode}.example`) === `${ascii}.example`) return undefined;
  const message = `its label ${quoted(ascii)} is not a valid "xn--" label; give the name in its own script`;
  return { reason: 'invalid', message };
}
