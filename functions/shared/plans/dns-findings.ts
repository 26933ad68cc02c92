import type { Resolver } from '../../../aws/dns/resolver.ts';
import { issuedNames } from '../../../domain/certificates/place.ts';
import type { Change } from '../../../domain/changes/change.ts';
import { authorizationFindings } from '../../../domain/preflight/authorization-findings.ts';
import {
  ambiguousZoneFinding,
  delegateFinding,
  delegationFinding,
  elsewhereFinding,
  isDelegationAwaited,
  newZoneFinding,
} from '../../../domain/preflight/delegation-findings.ts';
import type { PreflightFinding } from '../../../domain/preflight/finding.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { isAtOrBelow } from '../../../domain/zones/longest-match.ts';
import type { SeenZone } from '../../../domain/zones/seen-zone.ts';
import { readCaa } from '../../../resources/gates/authorization/read-caa.ts';
import { readDelegation } from '../../../resources/gates/delegation/read-delegation.ts';
import { readElsewhere } from '../../../resources/gates/delegation/read-elsewhere.ts';

/**
 * What the gates CheckDelegation and CheckAuthorization will see, read as they read it: how each zone of a site is delegated, and
 * whether CAA lets Amazon issue for its names.
 */
export async function readDnsFindings(
  dns: Resolver,
  { site, zones, changes }: { site: Site; zones: readonly SeenZone[]; changes: readonly Change[] },
): Promise<PreflightFinding[]> {
  const names = namesOf(site).map(({ name }) => name);
  const elsewhere = names.filter((name) => !zones.some((zone) => isAtOrBelow(name, zone.name)));
  const [delegations, others, caa] = await Promise.all([
    Promise.all(zones.map((zone) => delegation(dns, zone))),
    readElsewhere(dns, elsewhere),
    readCaa(dns, issuedNames(site)),
  ]);
  const awaited = zones.filter((_, place) => {
    const finding = delegations[place];
    return finding !== undefined && isDelegationAwaited(finding);
  });
  return [
    ...zones.flatMap(({ name: zone, names: [first] }, place) => {
      const seen = delegations[place];
      const finding = seen && site.delegate ? delegateFinding(seen, { zone, changes }) : seen;
      return finding ? [about(finding, first)] : [];
    }),
    ...others.map((view) => about(elsewhereFinding(view), namesBelow(view.zone, elsewhere)[0])),
    ...authorizationFindings(caa, { awaited }),
  ];
}

/** A finding about a zone is about the first name of the site in it. */
function about(finding: PreflightFinding, name: string | undefined): PreflightFinding {
  return { ...finding, ...(name !== undefined && { name }) };
}

const namesBelow = (zone: string, names: readonly string[]): string[] =>
  names.filter((name) => isAtOrBelow(name, zone));

async function delegation(dns: Resolver, zone: SeenZone): Promise<PreflightFinding> {
  switch (zone.kind) {
    case 'ambiguous':
      return ambiguousZoneFinding(zone);
    case 'new':
      return newZoneFinding(await readDelegation(dns, { name: zone.name, nameServers: [] }));
    case 'existing':
      return delegationFinding(await readDelegation(dns, zone), {
        copiesFirst: zone.delegating !== undefined && zone.delegating.answered.sets.length > 0,
      });
  }
}
