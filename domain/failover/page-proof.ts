/** What a look at the maintenance page of a site has found, whether or not viewers are led there. */
export interface PageProof {
  /** ISO 8601 in UTC. */
  at: string;
  isReady: boolean;
  /** What is wrong, and how to mend it. */
  problems: string[];
  /** Since when it is not ready. */
  since?: string;
}

/** Whether people have to be told: the page was ready before, or was never looked at. */
export function isNewlyBroken(before: PageProof | undefined, { isReady }: PageProof): boolean {
  return !isReady && before?.isReady !== false;
}
