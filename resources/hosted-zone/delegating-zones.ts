import type { DelegatingZone } from '../../domain/ledger/outputs.ts';
import type { ExistingZone, NewZone } from '../../domain/zones/seen-zone.ts';
import { elsewhereInWords, silencedTargets } from '../../domain/zones/silenced-names.ts';

/** A zone of the site, with what its delegation would change unless it is delegated already. */
export type FoundZone = ExistingZone | NewZone;

/** The names that could be a site of their own: those of one zone among several. */
export function ownNames({ names }: FoundZone, zones: readonly FoundZone[]): string[] {
  return zones.length > 1 ? names : [];
}

/** What the waiting for the delegation tells. */
export function delegatingZones(zones: readonly FoundZone[]): DelegatingZone[] {
  return zones.flatMap((zone) => {
    const { name, names, delegating } = zone;
    if (!delegating) return [];
    const { answered, silenced } = delegating;
    const own = answered.sets.filter((set) => names.includes(set.name));
    const remembered = [answered.negativeSeconds, ...own.map(({ ttlSeconds }) => ttlSeconds ?? 0)];
    const elsewhere = elsewhereInWords(name, delegating, ownNames(zone, zones));
    return [
      {
        zone: name,
        silenced: silencedTargets(silenced),
        ...(elsewhere !== undefined && { elsewhere }),
        rememberedSeconds: Math.max(...remembered),
      },
    ];
  });
}
