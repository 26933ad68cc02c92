/** How to have what stands in the way taken over, for the end of a refusal. */
export const HOW_TO_ADOPT = 'or declare "adopt": true to take it over, which undo puts back as it was';

/** Whether no site of any stack holds a thing: only then may it be adopted. */
export function isNobodys(tags: Readonly<Record<string, string | undefined>>): boolean {
  return tags['nameplate:site'] === undefined && tags['nameplate:stack'] === undefined;
}

/** What to do about a thing with these tags that is in the way, for the end of a refusal. */
export function adviceFor(tags: Readonly<Record<string, string | undefined>>): string {
  const advice = 'Delete it, then declare the site again';
  return isNobodys(tags) ? `${advice}, ${HOW_TO_ADOPT}` : advice;
}
