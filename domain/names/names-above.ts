/**
 * The names above a name that could be claimed as well, the nearest first: all but the top-level domain. Whether one is
 * a public suffix makes no difference here: it cannot be claimed then, and the list of them changes.
 */
export function claimableAbove(name: string): string[] {
  const labels = name.split('.');
  return labels.slice(1, -1).map((_, place) => labels.slice(place + 1).join('.'));
}
