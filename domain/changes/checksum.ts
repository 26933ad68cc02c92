import { createHash } from 'node:crypto';
import type { Change } from './change.ts';

/** A value as JSON in which the order of keys makes no difference; what is undefined is left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

/** One line that says what a change does; its message, which is words only, is left out. */
export function essence({ verb, phase, resource, before, after }: Change): string {
  return canonicalJson({ verb, phase, resource, before, after });
}

/** SHA-256 over the list in its order, in hex: the same changes of the same world have the same one. */
export function checksum(changes: readonly Change[]): string {
  return createHash('sha256').update(changes.map(essence).join('\n')).digest('hex');
}
