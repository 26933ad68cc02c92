import { domainToASCII, domainToUnicode } from 'node:url';
import { type NameProblem, refusal } from './name-problem.ts';

/** One label in both its forms: the A-label that DNS carries and the U-label that people read. */
export interface Label {
  ascii: string;
  unicode: string;
}

/** The full stop and the three signs that input methods write for it. Source: UTS 46, section 2.3, checked 2026-11-22. */
const DOTS = /[.\u3002\uff0e\uff61]/;

/** A last label that keeps a label of digits from being read as an IP address. */
const ANY_ENDING = '.example';

/**
 * A name's labels. A trailing dot is dropped. A U-label may differ from what was typed in upper and lower case and in
 * how its accents are composed, but not more: what would turn into another name is refused with that name.
 */
export function toLabels(
  typed: string,
): { labels: Label[]; problem?: never } | { labels?: never; problem: NameProblem } {
  const parts = typed.split(DOTS);
  if (parts.at(-1) === '') parts.pop();
  const labels: Label[] = [];
  for (const part of parts) {
    const label = toLabel(part);
    if (!label)
      return { problem: refusal(typed, 'invalid', `"${part}" is not a valid label of an international name`) };
    if (isUnicode(part) && label.unicode.toLowerCase() !== part.normalize('NFC').toLowerCase()) {
      const instead = `it would turn into "${label.ascii}"; give "${label.unicode}" if that is what you mean`;
      return { problem: refusal(typed, 'confusable', instead) };
    }
    labels.push(label);
  }
  return { labels };
}

function toLabel(part: string): Label | undefined {
  if (!isUnicode(part) && !/^xn--/i.test(part)) return { ascii: part.toLowerCase(), unicode: part.toLowerCase() };
  const ascii = without(ANY_ENDING, domainToASCII(part + ANY_ENDING));
  return ascii ? { ascii, unicode: without(ANY_ENDING, domainToUnicode(ascii + ANY_ENDING)) } : undefined;
}

function without(ending: string, name: string): string {
  return name.endsWith(ending) ? name.slice(0, -ending.length) : '';
}

function isUnicode(part: string): boolean {
  return /[^\0-\x7f]/.test(part);
}
