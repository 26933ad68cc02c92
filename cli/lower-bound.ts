import type { Drawn } from '../local/draws/draws.ts';

/**
 * The least AWS time in which this draw of AWS's delays lets a name go from request to verified HTTPS, in seconds, if
 * whoever asks were infinitely fast and knew each thing the moment it happened:
 *
 *     delegation + max(certificate, load balancer) + INSYNC
 *
 * The certificate needs its validation records to appear, the change that publishes them to reach the first of the
 * zone's name servers, and ACM to issue. The load balancer needs to become active and to find a healthy target. The last
 * change of records is the one that moves traffic; the one before it published the validation records. What was not
 * drawn took no time.
 */
export function lowerBound(drawn: readonly Drawn[]): number {
  const of = (what: string): Drawn[] => drawn.filter((draw) => draw.what === what);
  const longest = (what: string): number => Math.max(0, ...of(what).map(({ seconds }) => seconds));
  const changes = of('route53:insync');
  const traffic = changes.at(-1);
  const delegation = longest('registrar:delegate');
  const certificate =
    longest('acm:resource-record') + firstSight(changes.at(-2), of('route53:visible')) + longest('acm:issue');
  const loadBalancer = longest('elasticloadbalancing:active') + longest('elasticloadbalancing:registered');
  return delegation + Math.max(certificate, loadBalancer) + (traffic?.seconds ?? 0);
}

/** When the first name server answers with what a change published, in seconds after it. */
function firstSight(change: Drawn | undefined, visible: Drawn[]): number {
  if (!change) return 0;
  const id = change.subject.split(' ')[0] ?? '';
  const sights = visible.filter(({ subject }) => subject.startsWith(`${id} `)).map(({ seconds }) => seconds);
  return sights.length > 0 ? Math.min(...sights) : 0;
}
