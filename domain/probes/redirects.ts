import { listed } from '../listed.ts';
import type { Finding } from './certificate.ts';
import type { Page } from './page.ts';

/** Statuses that send a viewer to their `Location`. Source: RFC 9110, section 15.4; checked 2026-11-29. */
const REDIRECTS = [301, 302, 303, 307, 308];

/** Where a page sends the viewer who asked for `from`; undefined for one that stays, or whose `Location` can't be read. */
export function redirectOf({ status, location }: Page, from: URL): URL | undefined {
  if (!REDIRECTS.includes(status) || location === undefined || !URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from.href);
  to.hash = '';
  return to;
}

/** Viewers who are sent round in a circle: the URLs in the order in which they come, the one that comes again last. */
export function redirectLoop(urls: readonly URL[], schemeAdvice: string | undefined): Finding {
  const [first, ...others] = urls.map(shown);
  const message = `Viewers of ${first} are sent to ${others.join(', to ')}: a redirect loop. ${adviceFor(urls, schemeAdvice)}`;
  return { reason: 'redirectLoop', message };
}

function adviceFor(urls: readonly URL[], schemeAdvice: string | undefined): string {
  if (new Set(urls.map(({ hostname }) => hostname)).size > 1) {
    return 'Have its web server redirect to one of these names only';
  }
  const pages = new Set(urls.map(({ host, pathname, search }) => `${host}${pathname}${search}`));
  if (pages.size === 1 && schemeAdvice !== undefined) return schemeAdvice;
  return 'Have its web server answer one of these without a redirect';
}

/** A redirect to where nothing answers. */
export function deadRedirect({ from, to, why }: { from: URL; to: URL; why: string }): Finding {
  const message = `${shown(from)} sends viewers to ${shown(to)}, where nothing answers: ${why}. Have its web server redirect to a name of the site over https, or not at all`;
  return { reason: 'redirectDead', message };
}

/** A redirect to a host that is none of the site's names, as one line that stops nothing. */
export function otherHost({ from, to, found }: { from: URL; to: URL; found: string }): string {
  return `${shown(from)} sends viewers to another host, ${shown(to)} (${found})`;
}

/** A redirect to plain HTTP within the site, likewise. */
export function plainHop({ from, to }: { from: URL; to: URL }): string {
  return `${shown(from)} sends viewers over plain HTTP, to ${shown(to)}`;
}

/**
 * A page that the load balancer's health check got under the target's address, and a viewer doesn't get under the name;
 * undefined when the answer is none of a check of the Host.
 */
export function hostRefused({ status }: Page, { url, host }: { url: URL; host: string }): string | undefined {
  if (status < 400 || status >= 500) return undefined;
  return `${shown(url)} answers ${status}, and is well under the address that the health check asks: allow the Host "${host}" in the web server's configuration`;
}

/** What several lines come to in a message. */
export function toldInWords(told: readonly string[]): string {
  return told.length === 0 ? '' : `. Check what viewers get: ${listed([...new Set(told)])}`;
}

/** Most characters of a URL in a message. */
const MOST_CHARACTERS = 200;

function shown({ href }: URL): string {
  return `"${href.length > MOST_CHARACTERS ? `${href.slice(0, MOST_CHARACTERS)}…` : href}"`;
}
