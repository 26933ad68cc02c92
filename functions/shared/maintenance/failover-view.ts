import { isArmed } from '../../../domain/failover/armed.ts';
import type { AutomaticFailover } from '../../../domain/failover/automatic-failover.ts';
import type { FailoverView } from '../../../domain/failover/failover-view.ts';
import { HEALTH_CHECK } from '../../../domain/failover/health-check-alarm.ts';
import { isOn, isOver } from '../../../domain/failover/maintenance.ts';
import type { MaintenanceItem } from '../../../domain/ledger/maintenance-item.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';

/** The failover of a site as the API shows it; undefined where its document has none. */
export function failoverOf(record: SiteRecord, item: MaintenanceItem, now: Date): FailoverView | undefined {
  if (!record.item.site.failover) return undefined;
  const { page, healthCheck, healthCheckAlarm, certificate } = item;
  return {
    ...isArmed(record, { ...item, now }),
    ...standingOf(record.item, item, now),
    ...(page && { page }),
    ...(healthCheck && { healthCheck }),
    ...(healthCheckAlarm && { healthCheckAlarm }),
    ...(certificate && { certificate }),
  };
}

/** Where the viewers of a site with a page are led, why, and until when. */
export function standingOf(
  { site, ...standing }: Pick<SiteItem, 'site' | 'maintenance' | 'hold'>,
  { failover, alarm }: MaintenanceItem,
  now: Date,
): Pick<FailoverView, 'on' | 'cause' | 'since' | 'pageSeenAt' | 'until' | 'message' | 'hold' | 'alarm'> {
  const { maintenance, hold = false } = standing;
  const byItself = isOn(standing) ? undefined : failover;
  const { state = 'off', cause, since, until, message } = maintenance ?? {};
  // What Route 53 does ends when the origin is back, and not with what a person asked for.
  const ends = !byItself && until !== undefined && maintenance && !isOver(maintenance, now);
  return {
    on: state === 'on' || byItself ? 'page' : 'origin',
    ...(cause !== undefined && { cause }),
    ...(since !== undefined && { since }),
    ...(byItself && ledByItself(byItself)),
    ...(ends && { until }),
    // A page that is whole in the document says nothing else.
    ...(state === 'on' && message !== undefined && site.failover?.page.html === undefined && { message }),
    hold,
    ...(alarm && {
      alarm: { arn: alarm.arn, state: alarm.reading.state, since: alarm.reading.since, asks: alarm.asks },
    }),
  };
}

function ledByItself({ since, pageSeenAt }: AutomaticFailover): Pick<FailoverView, 'cause' | 'since' | 'pageSeenAt'> {
  return { cause: HEALTH_CHECK, since, ...(pageSeenAt !== undefined && { pageSeenAt }) };
}
