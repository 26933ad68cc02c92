import { isArmed } from '../../../domain/failover/armed.ts';
import type { AutomaticFailover } from '../../../domain/failover/automatic-failover.ts';
import type { FailoverView } from '../../../domain/failover/failover-view.ts';
import { HEALTH_CHECK } from '../../../domain/failover/health-check-alarm.ts';
import { isOn, isOver } from '../../../domain/failover/maintenance.ts';
import type { MaintenanceItem } from '../../../domain/ledger/maintenance-item.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';

/** The failover of a site as the API shows it; undefined where its document has none. */
export function failoverOf(record: SiteRecord, item: MaintenanceItem, now: Date): FailoverView | undefined {
  const { site, maintenance, hold } = record.item;
  if (!site.failover) return undefined;
  const { page, healthCheck, healthCheckAlarm, certificate, alarm } = item;
  const byItself = isOn(record.item) ? undefined : item.failover;
  const armed = isArmed(record, { ...item, now });
  const { state = 'off', cause, since, until, message } = maintenance ?? {};
  // What Route 53 does ends when the origin is back, and not with what a person asked for.
  const ends = !byItself && until !== undefined && maintenance && !isOver(maintenance, now);
  return {
    ...armed,
    on: state === 'on' || byItself ? 'page' : 'origin',
    ...(cause !== undefined && { cause }),
    ...(since !== undefined && { since }),
    ...(byItself && ledByItself(byItself)),
    ...(ends && { until }),
    // A page that is whole in the document says nothing else.
    ...(state === 'on' && message !== undefined && site.failover.page.html === undefined && { message }),
    hold: hold ?? false,
    ...(page && { page }),
    ...(healthCheck && { healthCheck }),
    ...(healthCheckAlarm && { healthCheckAlarm }),
    ...(certificate && { certificate }),
    ...(alarm && {
      alarm: { arn: alarm.arn, state: alarm.reading.state, since: alarm.reading.since, asks: alarm.asks },
    }),
  };
}

function ledByItself({ since, pageSeenAt }: AutomaticFailover): Pick<FailoverView, 'cause' | 'since' | 'pageSeenAt'> {
  return { cause: HEALTH_CHECK, since, ...(pageSeenAt !== undefined && { pageSeenAt }) };
}
