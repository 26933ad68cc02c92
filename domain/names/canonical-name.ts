import { confusable } from './confusables.ts';
import {
  emptyLabel,
  labelTooLong,
  malformedPunycode,
  notLettersDigitsHyphen,
  reservedHyphens,
} from './label-checks.ts';
import { toLabels } from './labels.ts';
import { type NameProblem, refusal } from './name-problem.ts';
import {
  amazonsOwn,
  notPublic,
  publicSuffix,
  singleLabel,
  tooLong,
  tooManyLabels,
  unknownTopLevel,
} from './place-checks.ts';
import { mixedScripts } from './scripts.ts';
import {
  address,
  empty,
  farTooLong,
  forbiddenCharacter,
  hiddenCharacter,
  notOnlyAName,
  wildcard,
} from './typing-checks.ts';

export type CanonicalName = { name: string; problem?: never } | { name?: never; problem: NameProblem };

/** What is wrong with the text as it was typed. In this order; the first hit wins. */
const TYPING_CHECKS = [
  empty,
  farTooLong,
  hiddenCharacter,
  address,
  notOnlyAName,
  wildcard,
  forbiddenCharacter,
] satisfies ((typed: string) => NameProblem | undefined)[];

/** What is wrong with one label, in A-label form and as people read it, under its top-level domain. */
const LABEL_CHECKS = [
  emptyLabel,
  labelTooLong,
  notLettersDigitsHyphen,
  reservedHyphens,
  malformedPunycode,
  mixedScripts,
  confusable,
];

type PlaceCheck = (name: string) => Pick<NameProblem, 'reason' | 'message'> | undefined;

/** What is wrong with the name as a whole, and with where it stands. */
const PLACE_CHECKS = [singleLabel, tooLong, tooManyLabels, notPublic, amazonsOwn, unknownTopLevel, publicSuffix];

/**
 * The one form of a domain name that everything else works with: lower case A-labels, no trailing dot. Takes U-labels
 * ("bücher.example"), any case and a trailing dot. Whoever is refused gets a sentence that says what to give instead;
 * the canonical form of a canonical form is itself.
 */
export function canonicalName(typed: string, placeChecks: readonly PlaceCheck[] = PLACE_CHECKS): CanonicalName {
  for (const check of TYPING_CHECKS) {
    const problem = check(typed);
    if (problem) return { problem };
  }
  const { labels, problem } = toLabels(typed);
  if (problem) return { problem };
  const topLevel = labels.at(-1)?.ascii ?? '';
  for (const label of labels) {
    for (const check of LABEL_CHECKS) {
      const found = check(label, topLevel);
      if (found) return { problem: refusal(typed, found.reason, found.message) };
    }
  }
  const name = labels.map(({ ascii }) => ascii).join('.');
  for (const check of placeChecks) {
    const found = check(name);
    if (found) return { problem: refusal(typed, found.reason, found.message) };
  }
  return { name };
}
