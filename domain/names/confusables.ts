import { displayName } from './display-name.ts';
import type { Label } from './labels.ts';
import { type NameProblem, quoted } from './name-problem.ts';

/** Letters of one script that pass for Latin letters or digits, and the top-level domains where they are not mistaken. */
interface Lookalikes {
  /** The letters of the script that count; others in the label, such as digits, say nothing. */
  script: RegExp;
  letters: RegExp;
  topLevels: string[];
}

/**
 * A label all of whose letters are such lookalikes reads as another name: "аррӏе" for "apple". Source: Chromium's
 * policy, "Internationalized Domain Names (IDN) in Google Chrome", steps 9 to 11, and its lists of whole-script
 * confusables; UTS 39 confusables.txt. Checked 2026-11-22.
 */
const LOOKALIKES: Lookalikes[] = [
  // Plain letters decide for Latin: "ısı" is refused where "ışık", with a letter that ASCII lacks, is not.
  { script: /(?![a-z])\p{scx=Latin}/gu, letters: /[ıȷĸſ]/u, topLevels: ['tr', 'az'] },
  { script: /(?![a-z])\p{scx=Latin}/gu, letters: /[ðþ]/u, topLevels: ['is', 'fo'] },
  { script: /(?![a-z])\p{scx=Latin}/gu, letters: /[ə]/u, topLevels: ['az'] },
  { script: /\p{sc=Armenian}/gu, letters: /[ագզէլհյոսւօՙ]/u, topLevels: ['am'] },
  {
    script: /\p{sc=Cyrillic}/gu,
    letters: /[аысԁеԍһіюјӏорԗԛѕԝхуъьҽпгѵѡ]/u,
    topLevels: ['bg', 'by', 'kz', 'ru', 'su', 'ua', 'uz'],
  },
  { script: /\p{sc=Ethiopic}/gu, letters: /[ሀሠሰስበነተከዐዕዘጠፐꬅ]/u, topLevels: ['er', 'et'] },
  { script: /\p{sc=Georgian}/gu, letters: /[იოყძხჽჿ]/u, topLevels: ['ge'] },
  { script: /\p{sc=Greek}/gu, letters: /[αικνρυωηοτ]/u, topLevels: ['gr'] },
  { script: /\p{sc=Hebrew}/gu, letters: /[דוחיןסװײﬦ]/u, topLevels: ['il'] },
  { script: /\p{sc=Bengali}/gu, letters: /[০৭]/u, topLevels: [] },
  { script: /\p{sc=Devanagari}/gu, letters: /[ऽ०ॱ]/u, topLevels: [] },
  { script: /\p{sc=Gujarati}/gu, letters: /[ડટ૦૧]/u, topLevels: [] },
  { script: /\p{sc=Gurmukhi}/gu, letters: /[੦੧]/u, topLevels: [] },
  { script: /\p{sc=Kannada}/gu, letters: /[ಽ೦೧]/u, topLevels: [] },
  { script: /\p{sc=Malayalam}/gu, letters: /[ടഠധനറ൦]/u, topLevels: [] },
  { script: /\p{sc=Oriya}/gu, letters: /[ଠ୦୮]/u, topLevels: [] },
  { script: /\p{sc=Tamil}/gu, letters: /[டப௦]/u, topLevels: [] },
  { script: /\p{sc=Telugu}/gu, letters: /[౦౧]/u, topLevels: [] },
  { script: /\p{sc=Myanmar}/gu, letters: /[ခဂငထပဝ၀၂ၔၜ႐႑႕႖႗]/u, topLevels: ['mm'] },
  { script: /\p{sc=Thai}/gu, letters: /[ทนบพรหเแ๐ดลปฟม]/u, topLevels: ['th'] },
];

/** Signs that pass for a slash, a dot, a hyphen or a plain letter where they stand. Source: the same, step 12. */
const DANGEROUS: RegExp[] = [
  // A dot above a letter that has one: the second is invisible.
  /[ijlıȷ]\u0307/u,
  // Katakana that pass for a slash, and strokes that pass for a letter, among letters that are not Japanese.
  /(^|[^\p{scx=Kana}\p{scx=Hira}\p{scx=Hani}])[ノンソゾーニエ工一丨卜夕]([^\p{scx=Kana}\p{scx=Hira}\p{scx=Hani}]|$)/u,
  // The Catalan dot belongs between two "l", the Japanese one beside Japanese letters.
  /(^|[^l])·|·([^l]|$)/u,
  /(^|[^\p{scx=Kana}\p{scx=Hira}\p{scx=Hani}])・|・([^\p{scx=Kana}\p{scx=Hira}\p{scx=Hani}]|$)/u,
  // A combining mark on what takes none.
  /[^\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{M}][\u0300-\u036f]/u,
  // Strokes and slashes laid over a letter, and marks that no alphabet uses.
  /[\u0334-\u0338\u033a-\u036f]/u,
];

/**
 * Marks piled up where one hides behind the other: the same one twice, or more than four, whether or not the first is
 * part of its letter. Source: UTS 39, section 5.4, "Optional Detection", checked 2026-11-22.
 */
const PILED_UP = /(\p{Mn})\1|\p{Mn}{5}/u;

/** S8: a label that people read as another name. */
export function confusable({ ascii, unicode }: Label, topLevel: string): NameProblem | undefined {
  if (!ascii.startsWith('xn--')) return undefined;
  const like = LOOKALIKES.find((each) => readsAsLatin(unicode, each) && !isAtHome(topLevel, each));
  const dangerous = DANGEROUS.some((pattern) => pattern.test(unicode)) || PILED_UP.test(unicode.normalize('NFD'));
  if (!like && !dangerous) return undefined;
  const message = `its label ${quoted(unicode)} (${ascii}) is easily taken for another one; use a name that can't be mistaken`;
  return { reason: 'confusable', message };
}

function readsAsLatin(label: string, { script, letters }: Lookalikes): boolean {
  const found = label.match(script) ?? [];
  return found.length > 0 && found.every((letter) => letters.test(letter));
}

/** A top-level domain written in that script itself, or of a country that uses it. */
function isAtHome(topLevel: string, { script, topLevels }: Lookalikes): boolean {
  return topLevels.includes(topLevel) || (displayName(topLevel).match(script)?.length ?? 0) > 0;
}
