/** As many as a zone has name servers at most, and as a person reads. */
const MOST = 13;

/** "a, b, c", and "a, b, c and 7 more" where there are more than `most`. */
export function listed(items: readonly string[], most: number = MOST): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}
