import type { Failover, Watched } from './failover.ts';
import { median, quantile } from './median.ts';
import { type Row, row } from './row.ts';

/** What a switch may take beside the INSYNC of its change, in seconds of AWS time. */
const BESIDE_INSYNC_SECONDS = 5;

/** The figures of failovers over several draws of AWS's delays. */
export function failoverRows(measured: readonly Failover[]): Row[] {
  const of = `${measured.length} seeds`;
  const switches = measured.flatMap((each) => each.switches);
  const beside = switches.map(({ seconds, insyncSeconds }) => seconds - insyncSeconds);
  const calls = Math.max(...measured.map((each) => each.calls));
  const ratios = measured.map(({ onboarding: { seconds, boundSeconds } }) => seconds / boundSeconds);
  return [
    row('AWS time from request to verified HTTPS with a failover', of, {
      measured: `${median(measured.map(({ onboarding }) => onboarding.seconds)).toFixed(1)} s, ${median(ratios).toFixed(3)} times the lower bound (worst ${Math.max(...ratios).toFixed(3)})`,
      target: 'at most 1.10 times',
      met: median(ratios) <= 1.1,
      values: { median: median(ratios), worst: Math.max(...ratios) },
    }),
    turnRow('from an outage to the first page, by DNS', measured, 'outage'),
    turnRow('from the recovery to the first answer of the site, by DNS', measured, 'recovery'),
    row('calls to any service of AWS on the way to the page and back', of, {
      measured: `${calls}, with the rules of schedules and alarms disabled`,
      target: '0',
      met: calls === 0,
      values: { calls },
    }),
    row('a requested switch, beside the INSYNC that is drawn', `${switches.length} switches`, {
      measured: `worst ${Math.max(...beside).toFixed(2)} s, median ${median(beside).toFixed(2)} s`,
      target: `at most ${BESIDE_INSYNC_SECONDS} s of AWS time, probed`,
      met: Math.max(...beside) <= BESIDE_INSYNC_SECONDS,
      values: { worst: Math.max(...beside), median: median(beside) },
    }),
    watchedRow('answers in a requested switch but the site and the page', measured),
  ];
}

/** As times the arithmetic: a viewer's, and that of a resolver which has asked just before the name servers answer otherwise. */
function turnRow(what: string, measured: readonly Failover[], of: 'outage' | 'recovery'): Row {
  const ratiosOf = (seconds: 'seconds' | 'latestSeconds'): number[] =>
    measured.map((each) => each[of][seconds] / each.arithmeticSeconds);
  const [viewer, latest] = [quantile(ratiosOf('seconds'), 0.95), quantile(ratiosOf('latestSeconds'), 0.95)];
  return row(what, `${measured.length} seeds`, {
    measured: `p95 ${viewer.toFixed(3)} times interval × failures + TTL, ${latest.toFixed(3)} for the latest resolver`,
    target: 'at most 1.10 times, p95',
    met: Math.max(viewer, latest) <= 1.1,
    values: { viewer, latest },
  });
}

/** What viewers were answered with who never stop asking. */
export function watchedRow(what: string, measured: readonly Watched[]): Row {
  const looks = measured.reduce((sum, each) => sum + each.looks, 0);
  const others = measured.flatMap((each) => each.others);
  return row(what, `${measured.length} seeds`, {
    measured: `${others.length} of ${looks}${others.length > 0 ? `: ${others[0]}` : ''}`,
    target: '0',
    met: others.length === 0,
    values: { others: others.length, looks },
  });
}
