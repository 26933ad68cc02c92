import type { AlarmReading } from './alarm.ts';
import { isOn, type MaintenanceStanding } from './maintenance.ts';

/** A failover that Route 53 has made by itself and that lasts. Instants as ISO 8601 in UTC. */
export interface AutomaticFailover {
  /** The first minute in which the health check counted as failed, or since when nothing else leads viewers to the page. */
  since: string;
  /** When the alarm on the health check told of it. */
  detectedAt: string;
  /** When the page was first seen to answer under the names of the site. */
  pageSeenAt?: string;
}

/**
 * The failover that lasts by what the alarm on the health check says. One that is muted or has no data changes nothing. While the page is on
 * by request, window or alarm, viewers are led there already: none begins then.
 */
export function observedFailover(
  before: AutomaticFailover | undefined,
  { state, since, dataSince = since, isMuted }: AlarmReading,
  standing: MaintenanceStanding,
): AutomaticFailover | undefined {
  if (isMuted || state === 'INSUFFICIENT_DATA') return before;
  if (state === 'OK') return undefined;
  if (before || isOn(standing)) return before;
  const begun = latest(dataSince, standing.maintenance?.since);
  return { since: begun, detectedAt: latest(since, begun) };
}

const latest = (one: string, other = one): string => (one > other ? one : other);

const MINUTE_MS = 60_000;

/** How soon the alarm is read again although no event told of it, in minutes: events may be lost (failures W9). */
const REREAD = { failedOver: 15, else: 60 } as const;

export function rereadAt(failover: AutomaticFailover | undefined, now: Date): string {
  const minutes = failover ? REREAD.failedOver : REREAD.else;
  return new Date(now.getTime() + minutes * MINUTE_MS).toISOString();
}
