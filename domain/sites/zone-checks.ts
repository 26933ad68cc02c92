import { pointer } from '../problems/pointer.ts';
import type { FieldError } from '../problems/problem.ts';
import { longestMatch, type Zone } from '../zones/longest-match.ts';
import type { Site } from './site.ts';

/**
 * Names of the site that no zone would hold: neither one of the account's public zones, nor the one that is made for
 * the domain when it has none. The direct name has to lie in the zone of the domain or of an alias.
 */
export function zoneProblems({ domain, aliases, directName }: Site, zones: readonly Zone[]): FieldError[] {
  const made = longestMatch(domain, zones) ? [] : [{ id: 'made', name: domain }];
  const zoneOf = (name: string) => longestMatch(name, [...zones, ...made])?.name;
  const errors = aliases.flatMap((alias, place): FieldError[] => {
    if (zoneOf(alias) !== undefined) return [];
    const detail = `Cannot use "${alias}" as an alias: this account has no public hosted zone for it, and the one made for "${domain}" does not hold it; create its zone first, or leave it out`;
    return [{ pointer: pointer(['aliases', place]), detail }];
  });
  if (directName === undefined) return errors;
  const held = [domain, ...aliases].map(zoneOf);
  const zone = zoneOf(directName);
  if (zone !== undefined && held.includes(zone)) return errors;
  const detail = `Cannot use "${directName}" as the direct name: it lies in no zone of the site's names; give one such as "direct.${domain}"`;
  return [...errors, { pointer: '#/directName', detail }];
}
