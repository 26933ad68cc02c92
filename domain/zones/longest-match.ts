/** A public hosted zone: its id without "/hostedzone/", its name in lower case without the trailing dot. */
export interface Zone {
  id: string;
  name: string;
}

/** True when `name` is `ancestor` or lies below it, compared label by label: "barfoo.test" doesn't lie below "foo.test". */
export function isAtOrBelow(name: string, ancestor: string): boolean {
  return name === ancestor || name.endsWith(`.${ancestor}`);
}

/**
 * The zones whose name holds `name` and has the most labels; more than one when several zones bear that same name.
 * Empty when no zone holds it.
 */
export function longestMatches(name: string, zones: readonly Zone[]): Zone[] {
  const holding = zones.filter((zone) => isAtOrBelow(name, zone.name));
  const longest = Math.max(0, ...holding.map((zone) => zone.name.length));
  return holding.filter((zone) => zone.name.length === longest);
}

/** The zone whose name holds `name` and has the most labels; the first of several with the same name. */
export function longestMatch(name: string, zones: readonly Zone[]): Zone | undefined {
  return longestMatches(name, zones)[0];
}
