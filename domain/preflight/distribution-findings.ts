import { viewOf } from '../changes/record-changes.ts';
import { isDistributionName } from '../distributions/dns-name.ts';
import type { RecordSet } from '../records/record-set.ts';
import { setsAt, wildcardSets } from '../records/zone-view.ts';
import type { SeenZone } from '../zones/seen-zone.ts';
import type { PreflightFinding } from './finding.ts';

/** Of every alias to a distribution. Source: Route 53 API Reference, "AliasTarget", checked 2026-11-22. */
const CLOUDFRONT_ZONE_ID = 'Z2FDTNDATAQYW2';

/** Where the world's DNS leads a name today, over CNAMEs. */
export interface SeenWay {
  name: string;
  over: string[];
  /** How long resolvers may remember its answer; absent without one. */
  ttlSeconds?: number;
}

interface Served {
  /** The distributions of the site: that its names lead there is as it should be. */
  own: readonly string[];
  /** The names that a distribution of the site is to serve; none behind another edge. */
  names: readonly string[];
  /** The distributions that names are moved from, by name. */
  moved?: ReadonlyMap<string, string>;
}

/**
 * Names that lead to another CloudFront distribution today, by the records of the account's zones or by DNS. An alias in
 * another owner's zone shows addresses only, and isn't seen (failures C1, C14).
 */
export function distributionFindings(
  zones: readonly SeenZone[],
  ways: readonly SeenWay[],
  { own, names, moved }: Served,
): PreflightFinding[] {
  const byRecords = zones.flatMap((zone) => zone.names.map((name) => ({ name, over: targetsIn(zone, name) })));
  const found = new Map<string, string>();
  for (const { name, over } of [...byRecords, ...ways]) {
    const distribution = over.find(isDistributionName)?.replace(/\.$/, '').toLowerCase();
    if (distribution === undefined || own.includes(distribution) || moved?.get(name) === distribution) continue;
    if (!found.has(name)) found.set(name, distribution);
  }
  return [...found].map(([name, distribution]) =>
    names.includes(name) ? inTheWay(name, distribution) : besides(name, distribution),
  );
}

/** Failures C1: CloudFront lets no distribution have a name that DNS leads to another one, so DNS moves first. */
function inTheWay(name: string, distribution: string): PreflightFinding {
  const message = `"${name}" leads to the CloudFront distribution ${distribution} today, and for as long as it does, CloudFront lets no other distribution have the name. Its records move first, and the name is added to the distribution of the site once CloudFront sees that, some minutes later; until then viewers of "${name}" get an error page, as they do today where ${distribution} does not serve it. Where it does, for another account, the site stops before the records move and says what its owner can do`;
  return { severity: 'warning', check: 'nameOnDistribution', message, name };
}

function besides(name: string, distribution: string): PreflightFinding {
  return {
    severity: 'warning',
    check: 'nameOnDistribution',
    message: `"${name}" leads to the CloudFront distribution ${distribution} today. Once its records move, viewers come to the site and no longer there; the distribution keeps "${name}" as an alternate name, so take it off there afterwards: no other distribution can have it until then`,
  };
}

function targetsIn(zone: SeenZone, name: string): string[] {
  const view = viewOf(zone);
  if (!view) return [];
  const standing = setsAt(view, name);
  return (standing.length > 0 ? standing : wildcardSets(view, name)).flatMap(targetOf);
}

function targetOf({ type, alias, values }: RecordSet): string[] {
  if (alias) return alias.zoneId === CLOUDFRONT_ZONE_ID ? [alias.name] : [];
  return type === 'CNAME' ? values : [];
}
