import { printable } from '../printable.ts';

/** Why a name is refused: the fact, for code and tests. */
export type NameReason =
  | 'empty'
  | 'tooLong'
  | 'ipAddress'
  | 'notOnlyAName'
  | 'wildcard'
  | 'hiddenCharacter'
  | 'forbiddenCharacter'
  | 'invalid'
  | 'notPublic'
  | 'singleLabel'
  | 'publicSuffix'
  | 'unknownTopLevel'
  | 'amazonsOwn'
  | 'mixedScripts'
  | 'confusable';

/** Why a name is refused, for people: what is wrong and what to give instead. */
export interface NameProblem {
  reason: NameReason;
  message: string;
}

/** How much of a refused name is repeated in the sentence that refuses it. */
const SHOWN_CHARACTERS = 80;

/** `Cannot use "…": …`, with the refused text made harmless and short. */
export function refusal(typed: string, reason: NameReason, because: string): NameProblem {
  return { reason, message: `Cannot use ${quoted(typed)}: ${because}` };
}

/** Text from outside between double quotes, short and printable; what can't be seen is written as "\u{ad}". */
export function quoted(text: string): string {
  const short = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return `"${printable(short)}"`;
}
