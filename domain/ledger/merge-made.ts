import type { Made } from './made.ts';

/**
 * What a step has made by now, from what it told earlier and what it tells this time. Nothing made is ever forgotten,
 * and what was ours once stays ours although a second run only found it standing.
 */
export function mergeMade(earlier: readonly Made[], told: readonly Made[]): Made[] {
  const merged = new Map(earlier.map((made) => [key(made), made]));
  for (const made of told) {
    const known = merged.get(key(made));
    merged.set(key(made), { ...known, ...made, ours: made.ours || (known?.ours ?? false) });
  }
  return [...merged.values()];
}

function key({ type, id }: Made): string {
  return `${type} ${id}`;
}
