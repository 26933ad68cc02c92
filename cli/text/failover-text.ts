import { HEALTH_CHECK } from '../../domain/failover/health-check-alarm.ts';
import type { SiteView } from '../../domain/sites/view.ts';

type FailoverView = NonNullable<SiteView['failover']>;

const CAUSES: Record<NonNullable<FailoverView['cause']>, string> = {
  request: 'as it was asked for',
  schedule: 'by a maintenance window',
  alarm: 'by the alarm of the site',
  [HEALTH_CHECK]: 'led there by Route 53, since the health check fails',
};

/** Where viewers are led, whether the page stands by, and what is wrong with what tells of it: "stands by". */
export function failoverText({ armed, why, on, cause, since, until, message, hold, ...proofs }: FailoverView): string {
  const shown = [
    `viewers see it${since === undefined ? '' : ` since ${since}`}`,
    cause && CAUSES[cause],
    until && `until ${until}`,
    message && `it says "${message}"`,
  ];
  const standing = on === 'page' ? shown.filter(Boolean).join(', ') : armed ? 'stands by' : '';
  const problems = [proofs.page, proofs.healthCheck, proofs.healthCheckAlarm, proofs.certificate].flatMap(
    (proof) => proof?.problems ?? [],
  );
  const told = [
    standing,
    !armed && `would not be shown now: ${why}`,
    hold && 'locked: neither a window nor the alarm switches',
    ...problems.filter((problem) => armed || !why?.includes(problem)),
  ];
  return told.filter(Boolean).join('; ');
}
