import type { StoredSet } from './record-set.ts';
import { routingOf } from './routing.ts';

/** Answers of a multivalue set. Source: Route 53 Developer Guide, "Multivalue answer routing", checked 2026-11-22. */
const MAX_MULTIVALUE_ANSWERS = 8;

export interface Circumstances {
  healthy(set: StoredSet): boolean;
  /** A draw in [0, 1). */
  fraction(): number;
  /** Where the asker counts as being. */
  region: string;
}

/**
 * Which of the sets of one name and type answer. When none is healthy all count as healthy: Route 53 would rather answer
 * wrongly than not at all.
 */
export function choose(sets: readonly StoredSet[], { healthy, fraction, region }: Circumstances): StoredSet[] {
  const [first] = sets;
  if (!first) return [];
  const well = sets.filter(healthy);
  const candidates = well.length > 0 ? well : [...sets];
  switch (routingOf(first.listed)) {
    case 'weighted':
      return byWeight(candidates, fraction());
    case 'failover':
      // With nobody healthy the primary answers.
      return one(candidates.find(({ listed }) => listed.Failover === 'PRIMARY') ?? candidates[0]);
    case 'multivalue':
      return candidates.slice(0, MAX_MULTIVALUE_ANSWERS);
    case 'latency':
      return one(candidates.find(({ listed }) => listed.Region === region) ?? candidates[0]);
    case 'geolocation':
      // Nobody here has a place; the default location is for everybody who has none.
      return one(candidates.find(({ listed }) => listed.GeoLocation?.CountryCode === '*'));
    default:
      return one(candidates[0]);
  }
}

function byWeight(candidates: StoredSet[], fraction: number): StoredSet[] {
  const total = candidates.reduce((sum, { listed }) => sum + (listed.Weight ?? 0), 0);
  if (total === 0) return one(candidates[Math.floor(fraction * candidates.length)]);
  let left = fraction * total;
  for (const candidate of candidates) {
    left -= candidate.listed.Weight ?? 0;
    if (left < 0) return [candidate];
  }
  return one(candidates.at(-1));
}

function one(set: StoredSet | undefined): StoredSet[] {
  return set ? [set] : [];
}
