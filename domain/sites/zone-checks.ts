import { pointer } from '../problems/pointer.ts';
import type { FieldError } from '../problems/problem.ts';
import { longestMatch, type Zone } from '../zones/longest-match.ts';
import { roleOf } from './dns.ts';
import type { Site } from './site.ts';

/**
 * Names of the site that no zone would hold: neither one of the account's public zones, nor the one that is made for
 * the domain when it has none. The direct name has to lie in the zone of the domain or of an alias.
 */
export function zoneProblems(site: Site, zones: readonly Zone[]): FieldError[] {
  const { domain, aliases, directName } = site;
  const role = roleOf(site);
  const held = longestMatch(domain, zones) !== undefined;
  if (role && !held) return [notInItsAccount(domain, role.role)];
  const made = held ? [] : [{ id: 'made', name: domain }];
  const zoneOf = (name: string) => longestMatch(name, [...zones, ...made])?.name;
  const errors = aliases.flatMap((alias, place): FieldError[] => {
    if (zoneOf(alias) !== undefined) return [];
    const detail = `Cannot use "${alias}" as an alias: this account has no public hosted zone for it, and the one made for "${domain}" does not hold it; create its zone first, or leave it out`;
    return [{ pointer: pointer(['aliases', place]), detail }];
  });
  if (directName === undefined) return errors;
  const inUse = [domain, ...aliases].map(zoneOf);
  const zone = zoneOf(directName);
  if (zone !== undefined && inUse.includes(zone)) return errors;
  const detail = `Cannot use "${directName}" as the direct name: it lies in no zone of the site's names; give one such as "direct.${domain}"`;
  return [...errors, { pointer: '#/directName', detail }];
}

/** No zone is made in somebody else's account. */
function notInItsAccount(domain: string, role: string): FieldError {
  const detail = `Cannot use "${domain}" with the role "${role}": its account has no public hosted zone for it; create one there, or leave "dns" out for one here`;
  return { pointer: '#/domain', detail };
}
