import type { HealthCheckAlarm } from '../../domain/failover/health-check-alarm.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { type SeenAlarms, TYPE } from './changes.ts';

/** The alarm on the health check that the document uses, and those of the site that are retained. */
export function standingAlarms(_: readonly HealthCheckAlarm[], { own }: SeenAlarms): Made[] {
  return own.map(({ AlarmName: id = '' }) => ({ type: TYPE, id, ours: true }));
}
