import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import type { NewZone, SeenZone } from '../../../domain/changes/world.ts';
import { certifiedNames } from '../../../domain/edges/edge.ts';
import { authorizationFindings, type SeenCaa } from '../../../domain/preflight/authorization-findings.ts';
import {
  ambiguousZoneFinding,
  delegationFinding,
  elsewhereFinding,
  newZoneFinding,
} from '../../../domain/preflight/delegation-findings.ts';
import { distributionFindings, type SeenWay } from '../../../domain/preflight/distribution-findings.ts';
import type { PreflightFinding } from '../../../domain/preflight/finding.ts';
import { memoryFindings } from '../../../domain/preflight/memory-findings.ts';
import { nameFindings } from '../../../domain/preflight/name-findings.ts';
import type { Instance } from '../../../domain/servers/instance.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { DelegationView } from '../../../domain/zones/delegation.ts';
import { isAtOrBelow } from '../../../domain/zones/longest-match.ts';
import type { Probes } from '../probes/look.ts';
import { lookAtInstance } from '../probes/look-at-instance.ts';
import { namesInTheWay } from '../sites/names-in-the-way.ts';
import { closestCaa } from '../zones/closest-caa.ts';
import { lookAbove, lookAtDelegation } from '../zones/look-at-delegation.ts';
import { lookElsewhere } from '../zones/look-elsewhere.ts';

interface Beforehand {
  site: Site;
  zones: readonly SeenZone[];
  instance: Instance;
  /** The names that lead to the site already. */
  live: readonly string[];
}

/** What DNS, the instance and the ledger say before anything is made: delegation, CAA, a page, and whose the names are. */
export async function lookBeforehand(
  { site, zones, instance, live }: Beforehand,
  { dns, ledger, now, probes }: { dns: Resolver; ledger: Ledger; now: Date; probes: Probes },
): Promise<PreflightFinding[]> {
  const names = namesOf(site).map(({ name }) => name);
  const elsewhere = names.filter((name) => !zones.some((zone) => isAtOrBelow(name, zone.name)));
  const [delegations, others, caa, ways, answer, taken] = await Promise.all([
    Promise.all(zones.map((zone) => delegation(dns, zone))),
    lookElsewhere(dns, elsewhere),
    Promise.all(certifiedNames(site).map((name) => lookAtCaa(dns, name))),
    Promise.all(names.map((name) => lookAtWay(dns, name))),
    lookAtInstance(site, instance, probes),
    namesInTheWay(ledger, site, now),
  ]);
  return [
    ...delegations,
    ...others.map(elsewhereFinding),
    ...authorizationFindings(caa),
    ...distributionFindings(zones, ways),
    ...memoryFindings(ways.filter(({ name }) => !live.includes(name))),
    answer,
    ...nameFindings(taken, site),
  ];
}

async function delegation(dns: Resolver, zone: SeenZone): Promise<PreflightFinding> {
  switch (zone.kind) {
    case 'ambiguous':
      return ambiguousZoneFinding(zone);
    case 'new':
      return newZoneFinding({ zone: zone.name, ...(await seenAbove(dns, zone)) });
    case 'standing':
      return delegationFinding(await lookAtDelegation(dns, zone), {
        copiesFirst: zone.delegating !== undefined && zone.delegating.answered.sets.length > 0,
      });
  }
}

async function seenAbove(dns: Resolver, { name }: NewZone): Promise<Pick<DelegationView, 'seen' | 'lame'>> {
  try {
    return await lookAbove(dns, name);
  } catch (error) {
    if (error instanceof DnsFailure) return { seen: { failure: error.message } };
    throw error;
  }
}

async function lookAtCaa(dns: Resolver, name: string): Promise<SeenCaa> {
  try {
    return { name, set: await closestCaa(dns, name) };
  } catch (error) {
    if (error instanceof DnsFailure) return { name, failure: error.message };
    throw error;
  }
}

/** What can't be looked up leads nowhere that is known; that DNS is silent is told of the delegation. */
async function lookAtWay(dns: Resolver, name: string): Promise<SeenWay> {
  try {
    const [{ over }, { answers }] = await Promise.all([dns.follow(name, 'A'), dns.lookup(name, 'A')]);
    const ttls = answers.flatMap((answer) => (answer.name === name && 'ttl' in answer ? (answer.ttl ?? 0) : []));
    return { name, over, ...(ttls.length > 0 && { ttlSeconds: Math.max(...ttls) }) };
  } catch (error) {
    if (error instanceof DnsFailure) return { name, over: [] };
    throw error;
  }
}
