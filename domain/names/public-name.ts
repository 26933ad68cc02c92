import { type CanonicalName, canonicalName } from './canonical-name.ts';
import { notPublic, singleLabel, tooLong, tooManyLabels, unknownTopLevel } from './place-checks.ts';

/** The canonical form of a name that need not be one's own: Amazon's names and public suffixes are looked at as any other. */
export function publicName(typed: string): CanonicalName {
  return canonicalName(typed, [singleLabel, tooLong, tooManyLabels, notPublic, unknownTopLevel]);
}
