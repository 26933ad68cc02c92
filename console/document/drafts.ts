import { where } from '../where.ts';

/** A document that was left before it was applied. */
export interface Draft {
  /** The text that it was begun with: that of a new one, or of the site as it was then. */
  from: string;
  /** As it was left; may not be JSON yet. */
  text: string;
}

/**
 * Where the draft of a site's document is kept, or of a new one: in this tab, for as long as it is open, so that neither another page nor
 * loading it again loses what was typed. The console of another stack may follow at the same port.
 */
const keyOf = (domain: string | undefined): string => `draft ${where.value?.where ?? ''} ${domain ?? ''}`;

export function readDraft(domain: string | undefined): Draft | undefined {
  const kept = sessionStorage.getItem(keyOf(domain));
  return kept === null ? undefined : (JSON.parse(kept) as Draft);
}

/** Nothing is kept of a document that is as it was begun. */
export function keepDraft(domain: string | undefined, draft: Draft): void {
  if (draft.text === draft.from) dropDraft(domain);
  else sessionStorage.setItem(keyOf(domain), JSON.stringify(draft));
}

export const dropDraft = (domain: string | undefined): void => sessionStorage.removeItem(keyOf(domain));
