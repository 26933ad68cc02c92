import type { Label } from './labels.ts';
import { type NameProblem, quoted } from './name-problem.ts';

/** Scripts in everyday use. Source: UAX 31, table 5 "Recommended Scripts" (Unicode 17), checked 2026-11-22. */
const SCRIPTS = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Thaana',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Tibetan',
  'Myanmar',
  'Georgian',
  'Hangul',
  'Ethiopic',
  'Khmer',
];

/** Scripts that are written together. Source: UTS 39, section 5.2 "Highly Restrictive", checked 2026-11-22. */
const TOGETHER = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

const ALLOWED = [...SCRIPTS.map((script) => [script]), ...TOGETHER].map(
  (scripts) =>
    new RegExp(`^[\\p{scx=Common}\\p{scx=Inherited}${scripts.map((script) => `\\p{scx=${script}}`).join('')}]*$`, 'u'),
);

/**
 * Letters of phonetics, shorthand and old books in Latin, Cyrillic and Georgian, many of which pass for a plain one; "ə",
 * "ɔ", "ɛ", "ɓ", "ɗ" are alphabets'.
 */
const ODD_LETTERS = [
  /(?![əɔɛɓɗ])[\u01c0-\u01cc\u01f1-\u01f3\u0250-\u02ff\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]/,
  /[\u1c80-\u1c8f\ua640-\ua69f]/,
  /[\u2d00-\u2d2f]/,
];

/** S8: a label is written in one script, or in scripts that belong together, with the digits of one. */
export function mixedScripts({ unicode }: Label): NameProblem | undefined {
  if (!ALLOWED.some((scripts) => scripts.test(unicode))) {
    const message = `its label ${quoted(unicode)} mixes scripts, or uses one outside everyday use; write it in one`;
    return { reason: 'mixedScripts', message };
  }
  if (/[0-9]/.test(unicode) && /(?![0-9])\p{Nd}/u.test(unicode)) {
    return { reason: 'mixedScripts', message: `its label ${quoted(unicode)} mixes digits of two scripts; use one` };
  }
  if (ODD_LETTERS.some((odd) => odd.test(unicode))) {
    const message = `its label ${quoted(unicode)} holds a letter of phonetic or historic writing; use everyday letters`;
    return { reason: 'confusable', message };
  }
  return undefined;
}
