import type { RecordSet } from './record-set.ts';

/** The identifiers of the two sets of a name and type: what is told in a record set, for people as well. */
const PRIMARY = 'nameplate-primary';
const SECONDARY = 'nameplate-secondary';

/** What the second set of a pair leads to, and what decides between them. */
export interface Failing {
  healthCheckId: string;
  /** The distribution's own name. */
  distribution: string;
}

/** Source: Amazon Route 53 API, `AliasTarget.HostedZoneId`, the zone of every distribution; checked 2026-11-29. */
export const CLOUDFRONT_ZONE_ID = 'Z2FDTNDATAQYW2';

/**
 * Two sets in the place of one: Route 53 answers with the set itself while the health check succeeds, and with the page otherwise. The
 * second one has no health check, as it is the last resort (failures R28).
 */
export function failoverPair(set: RecordSet, { healthCheckId, distribution }: Failing): RecordSet[] {
  const page = pageSet(set, distribution);
  return [
    { ...set, setIdentifier: PRIMARY, routing: { Failover: 'PRIMARY', HealthCheckId: healthCheckId } },
    { ...page, setIdentifier: SECONDARY, routing: { Failover: 'SECONDARY' } },
  ];
}

/** What leads viewers to the page in the place of a set. */
export function pageSet(set: RecordSet, distribution: string): RecordSet {
  const { name, type } = set;
  if (type === 'CNAME') return { ...set, values: [distribution] };
  const alias = { zoneId: CLOUDFRONT_ZONE_ID, name: distribution, evaluateTargetHealth: false };
  return { name, type, values: [], alias };
}

/** Whether a set is one of such a pair. */
export function isOfPair({ setIdentifier, routing }: Pick<RecordSet, 'setIdentifier' | 'routing'>): boolean {
  return routing?.['Failover'] !== undefined && (setIdentifier === PRIMARY || setIdentifier === SECONDARY);
}

/** The health check that decides whether Route 53 answers with a set. */
export function healthCheckIdOf({ routing }: Pick<RecordSet, 'routing'>): string | undefined {
  const id = routing?.['HealthCheckId'];
  return typeof id === 'string' ? id : undefined;
}
