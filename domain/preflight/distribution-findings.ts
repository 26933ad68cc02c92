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

/**
 * Names that lead to a CloudFront distribution today, by the records of the account's zones or by DNS. An alias in
 * another owner's zone shows addresses only, and isn't seen (failures C1, C14).
 */
export function distributionFindings(zones: readonly SeenZone[], ways: readonly SeenWay[]): PreflightFinding[] {
  const byRecords = zones.flatMap((zone) => zone.names.map((name) => ({ name, over: targetsIn(zone, name) })));
  const found = new Map<string, string>();
  for (const { name, over } of [...byRecords, ...ways]) {
    const distribution = over.find(isDistributionName);
    if (distribution !== undefined && !found.has(name)) found.set(name, distribution.replace(/\.$/, '').toLowerCase());
  }
  return [...found].map(([name, distribution]) => ({
    severity: 'warning',
    check: 'nameOnDistribution',
    message: `"${name}" leads to the CloudFront distribution ${distribution} today. Once its records move, viewers come to the site and no longer there; the distribution keeps "${name}" as an alternate name, so take it off there afterwards: no other distribution can have it until then`,
  }));
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
