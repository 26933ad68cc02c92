import type { SiteView } from '../domain/sites/view.ts';
import { waitsForPerson } from '../domain/sites/waits-for-person.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { paint } from './paint.ts';
import type { Session } from './session.ts';
import { failoverText } from './text/failover-text.ts';
import { recordsText } from './text/records-text.ts';

/** What an operation was to bring about. */
type Wanted = 'live' | 'undone' | 'stopped';

/** States in which the site is as wanted. */
const REACHED: Record<Wanted, readonly SiteView['state'][]> = {
  live: ['live'],
  undone: ['undone', 'live'],
  stopped: ['held', 'undone', 'live', 'failed'],
};

/** Says how an operation has ended, or what a person has to do, with the command to go on with. */
export function sayOutcome(session: Session, site: SiteView, wanted: Wanted): ExitCode {
  const { say, next } = session;
  const { domain, state, reason } = site;
  if (site.operation && waitsForPerson(site)) {
    say(`\n${paint('yellow', `${domain} waits for you`)}: ${site.waiting.map((waiting) => waiting.for).join('; ')}`);
    if (site.nameServers) say(`Name servers to enter at the registrar of ${domain}: ${site.nameServers.join(', ')}`);
    const entries = recordsText(site);
    if (entries !== '') say(`\n${entries}`);
    next(`show ${domain} --watch`);
    return EXIT.waiting;
  }
  const reached = REACHED[wanted].includes(state) && !(wanted === 'live' && reason);
  const style = reached ? 'green' : 'red';
  // What was stopped or undone as it was asked for has the reason of what went before.
  const why = reason && (!reached || wanted === 'live') ? ` since ${reason.step}: ${reason.message}` : '';
  say(`\n${paint(style, `${domain} is ${state}`)}${why}`);
  for (const { type, id, why } of site.left ?? []) say(`  not removed: ${type} ${id}, ${why}`);
  if (reached && site.failover?.on === 'page') {
    say(`Its maintenance page: ${failoverText(site.failover)}`);
    next(`maintenance off ${domain}`);
    return EXIT.done;
  }
  if (reached && (wanted !== 'stopped' || state === 'undone')) next(state === 'live' ? `show ${domain}` : 'list');
  else next(nextOf(site));
  return reached ? EXIT.done : EXIT.failed;
}

/** The command that goes on from a site's state. */
export function nextOf({ domain, state, operation }: SiteView): string {
  if (operation) return `show ${domain} --watch`;
  if (state === 'held') return `resume ${domain}`;
  if (state === 'failed' || state === 'undone') return 'plan site.json';
  return state === 'live' ? 'alerts' : `show ${domain} --watch`;
}
