import type { Change } from './change.ts';
import { essence } from './checksum.ts';

/** What has changed between a plan and now, a sentence for each thing; empty when the lists are the same. */
export function differences(planned: readonly Change[], now: readonly Change[]): string[] {
  const before = byTarget(planned);
  const after = byTarget(now);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((resource) => {
    const was = before.get(resource) ?? [];
    const is = after.get(resource) ?? [];
    if (was.map(essence).join('\n') === is.map(essence).join('\n')) return [];
    return [`${resource}: planned ${inWords(was)}, now ${inWords(is)}`];
  });
}

/** One record may be changed twice: by its stand-in, and when traffic moves. */
function byTarget(changes: readonly Change[]): Map<string, Change[]> {
  const found = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.resource.type} ${change.resource.name}`;
    found.set(key, [...(found.get(key) ?? []), change]);
  }
  return found;
}

function inWords(changes: readonly Change[]): string {
  return changes.map(({ verb, message }) => `${verb} (${message})`).join(', then ') || 'nothing';
}
