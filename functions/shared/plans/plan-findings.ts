import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import type { lookAtOrigin } from '../../../aws/origins/look-at-origin.ts';
import type { Change } from '../../../domain/changes/change.ts';
import { edgeOf } from '../../../domain/edges/edge.ts';
import { distributionFindings, type SeenWay } from '../../../domain/preflight/distribution-findings.ts';
import type { PreflightFinding } from '../../../domain/preflight/finding.ts';
import { memoryFindings } from '../../../domain/preflight/memory-findings.ts';
import { nameFindings } from '../../../domain/preflight/name-findings.ts';
import type { Instance } from '../../../domain/servers/instance.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { SeenZone } from '../../../domain/zones/seen-zone.ts';
import type { Probes } from '../../../resources/probes/probe-edge.ts';
import { probeInstance } from '../../../resources/probes/probe-instance.ts';
import { readNameHolders } from '../sites/name-holders.ts';
import { readDnsFindings } from './dns-findings.ts';
import { readOriginFindings } from './origin-findings.ts';

interface Beforehand {
  site: Site;
  zones: readonly SeenZone[];
  instance: Instance | undefined;
  /** The names that lead to the site already. */
  live: readonly string[];
  /** The names of its distributions: "d111111abcdef8.cloudfront.net". */
  distributions: readonly string[];
  /** What the plan changes. */
  changes: readonly Change[];
}

interface Foreseeing {
  dns: Resolver;
  ledger: Ledger;
  now: Date;
  probes: Probes;
  look: typeof lookAtOrigin;
  /** Milliseconds until the request is given up. */
  remaining: () => number;
}

/** What DNS, the instance and the ledger say before anything is made: delegation, CAA, a page, and whose the names are. */
export async function readPlanFindings(
  { site, zones, instance, live, distributions, changes }: Beforehand,
  { dns, ledger, now, probes, ...looking }: Foreseeing,
): Promise<PreflightFinding[]> {
  const names = namesOf(site).map(({ name }) => name);
  const [inDns, ways, answer, taken, origin] = await Promise.all([
    readDnsFindings(dns, { site, zones, changes }),
    Promise.all(names.map((name) => lookAtWay(dns, name))),
    instance && probeInstance(site, instance, probes),
    readNameHolders(ledger, site, now),
    readOriginFindings(site, { dns, probes, now, ...looking }),
  ]);
  return [
    ...inDns,
    ...distributionFindings(zones, ways, {
      own: distributions,
      names: distributedNames(site),
      moved: movedFrom(changes),
    }),
    ...memoryFindings(ways.filter(({ name }) => !live.includes(name))),
    ...(answer ? [answer] : []),
    ...nameFindings(taken, site),
    ...origin,
  ];
}

/** The distributions that the plan moves names from, by name. */
function movedFrom(changes: readonly Change[]): Map<string, string> {
  return new Map(
    changes.flatMap(({ verb, resource: { type, name }, before }) =>
      type === 'alias' && verb === 'adopt' && before && 'domainName' in before
        ? [[name, String(before.domainName)] as const]
        : [],
    ),
  );
}

function distributedNames(site: Site): string[] {
  return edgeOf(site).servedBy === 'distribution' ? servedNames(site) : [];
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
