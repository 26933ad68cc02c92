import type { Drawn } from '../local/draws/draws.ts';

/**
 * The least AWS time in which this draw of AWS's delays lets a name go from request to verified HTTPS, in seconds, if
 * whoever asks were infinitely fast and knew each thing the moment it happened:
 *
 *     delegation + max(certificate + update of the distribution, its creation, load balancer) + INSYNC
 *
 * The certificate needs its validation records to appear, the change that publishes them to reach the first of the
 * zone's name servers, and ACM to issue. The load balancer needs to become active and to find a healthy target. A distribution is
 * made at once, and takes the certificate when it is issued. The last change of records is the one that moves traffic; one before it
 * published the validation records. The distribution may be that of a page: it is made beside a load balancer. A health check adds nothing: its
 * checkers could ask before there is an origin, and see the first answer in no time. What was not drawn took no time.
 */
export function lowerBound(drawn: readonly Drawn[]): number {
  const of = (what: string): Drawn[] => drawn.filter((draw) => draw.what === what);
  const longest = (what: string): number => Math.max(0, ...of(what).map(({ seconds }) => seconds));
  const changes = of('route53:insync');
  const traffic = changes.at(-1);
  const delegation = longest('registrar:delegate');
  const visible = of('route53:visible');
  const published = changes.slice(0, -1).map((change) => firstSight(change, visible));
  const certificate =
    longest('acm:resource-record') + Math.min(...(published.length > 0 ? published : [0])) + longest('acm:issue');
  const loadBalancer = longest('elasticloadbalancing:active') + longest('elasticloadbalancing:registered');
  const distribution = Math.max(longest('cloudfront:creation'), certificate + longest('cloudfront:update'));
  return delegation + Math.max(distribution, loadBalancer) + (traffic?.seconds ?? 0);
}

/** When the first name server answers with what a change published, in seconds after it. */
function firstSight(change: Drawn, visible: readonly Drawn[]): number {
  const id = change.subject.split(' ')[0] ?? '';
  const sights = visible.filter(({ subject }) => subject.startsWith(`${id} `)).map(({ seconds }) => seconds);
  return sights.length > 0 ? Math.min(...sights) : 0;
}
