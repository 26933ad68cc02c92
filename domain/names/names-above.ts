/**
 * The names above a name that somebody could claim as well, the nearest first: all but the top-level domain. Whether one is
 * a public suffix makes no difference here: nobody can claim it then, and the list of them changes.
 */
export function claimableAbove(name: string): string[] {
  const labels = name.split('.');
  return labels.slice(1, -1).map((_, place) => labels.slice(place + 1).join('.'));
}
