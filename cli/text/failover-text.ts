import { CAUSES_IN_WORDS } from '../../domain/failover/causes-in-words.ts';
import { minute } from '../../domain/minute.ts';
import type { SiteView } from '../../domain/sites/view.ts';

type FailoverView = NonNullable<SiteView['failover']>;

/** Where viewers are led, whether the page stands by, and what is wrong with what tells of it: "stands by". */
export function failoverText({ armed, why, on, cause, since, until, message, hold, ...proofs }: FailoverView): string {
  const shown = [
    `viewers see it${since === undefined ? '' : ` since ${minute(since)}`}`,
    cause && CAUSES_IN_WORDS[cause],
    until && `until ${minute(until)}`,
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
