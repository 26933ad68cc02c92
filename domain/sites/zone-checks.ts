import { isDefaultEdge } from '../edges/edge.ts';
import { pointer } from '../problems/pointer.ts';
import type { FieldError } from '../problems/problem.ts';
import { longestMatch, type Zone } from '../zones/longest-match.ts';
import { isEverywhere } from './access.ts';
import { originNameOf } from './cdn.ts';
import { roleOf } from './dns.ts';
import type { Site } from './site.ts';

/**
 * Names of the site that no zone would hold: neither one of the account's public zones, nor the one that is made for
 * the domain when it has none. The direct name and the origin name have to lie in the zone of the domain or of an alias.
 */
export function zoneProblems(site: Site, zones: readonly Zone[]): FieldError[] {
  const { domain, aliases, directName } = site;
  const role = roleOf(site);
  const held = longestMatch(domain, zones) !== undefined;
  if (role && !held) return [notInItsAccount(domain, role.role)];
  const made = held ? [] : [{ id: 'made', name: domain }];
  const zoneOf = (name: string) => longestMatch(name, [...zones, ...made])?.name;
  const elsewhere = aliases.filter((alias) => zoneOf(alias) === undefined);
  const errors = aliases.flatMap((alias, place): FieldError[] => {
    if (zoneOf(alias) !== undefined) return [];
    const made = held ? '' : `, and the one made for "${domain}" does not hold it`;
    const detail = `Cannot use "${alias}" as an alias: this account has no public hosted zone for it${made}. Create its zone first, or leave it out and declare what is kept elsewhere as a site of its own: ${JSON.stringify(siteOfItsOwn(site, elsewhere))}; without "dns" it gets a hosted zone of its own`;
    return [{ pointer: pointer(['aliases', place]), detail }];
  });
  const inUse = [domain, ...aliases].map(zoneOf);
  const further: { name: string | undefined; role: string; pointer: string }[] = [
    { name: directName, role: 'direct', pointer: '#/directName' },
    { name: originNameOf(site), role: 'origin', pointer: `#/${site.cdn ? 'cdn' : 'failover'}/originName` },
  ];
  const apart = further.flatMap(({ name, role, pointer }): FieldError[] => {
    const zone = name === undefined ? undefined : zoneOf(name);
    if (name === undefined || (zone !== undefined && inUse.includes(zone))) return [];
    const detail = `Cannot use "${name}" as the ${role} name: it lies in no zone of the site's names; give one such as "${role}.${domain}"`;
    return [{ pointer, detail }];
  });
  return [...errors, ...apart];
}

/** A document for the names of a site that are kept with another provider: names of one site are all kept in one place. */
function siteOfItsOwn(site: Site, [domain, ...aliases]: readonly string[]): object {
  const { origin, edge, http, access, tenant, cdn } = site;
  const { originName: _, ...settings } = cdn ?? {};
  return {
    domain,
    ...(aliases.length > 0 && { aliases }),
    origin,
    ...(!isDefaultEdge(edge) && { edge }),
    ...(cdn && { cdn: settings }),
    ...(http !== 'redirect' && { http }),
    ...(!isEverywhere(access) && { access }),
    ...(tenant !== undefined && { tenant }),
    dns: 'external',
  };
}

/** No zone is made in another account. */
function notInItsAccount(domain: string, role: string): FieldError {
  const detail = `Cannot use "${domain}" with the role "${role}": its account has no public hosted zone for it; create one there, or leave "dns" out for one here`;
  return { pointer: '#/domain', detail };
}
