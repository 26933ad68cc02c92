import { STATUS_CODES } from 'node:http';
import { isCertified } from '../domain/edges/edge.ts';
import { renderPage } from '../domain/pages/render-page.ts';
import type { SiteView } from './api.ts';
import { type Answer, type Served, titleOf, type Viewer } from './viewer.ts';

/** What a viewer gets who opens a site. */
export interface Seen {
  /** The site itself, the page that it has for outages, or something else. */
  what: 'site' | 'page' | 'neither';
  /** In a few words: `503 "Back soon"`. */
  answer: string;
  /** What else there is to say. */
  details: string;
}

/** What people type: with the scheme that the site answers under. */
export const urlOf = ({ domain, edge }: SiteView['site']): string =>
  `${isCertified({ edge }) ? 'https' : 'http'}://${domain}/`;

/** Opens the site as a browser would: by its name, with the certificate checked, and led from HTTP to HTTPS. */
export async function look(viewer: Pick<Viewer, 'http' | 'https'>, site: SiteView['site']): Promise<Seen> {
  try {
    return seenOf(await opened(viewer, site), site);
  } catch (error) {
    return { what: 'neither', answer: 'No answer', details: error instanceof Error ? error.message : String(error) };
  }
}

type Opened = Answer & { certificate?: Served };

async function opened(viewer: Pick<Viewer, 'http' | 'https'>, { domain, edge }: SiteView['site']): Promise<Opened> {
  if (isCertified({ edge })) return viewer.https(domain);
  const answer = await viewer.http(domain);
  const to = URL.parse(String(answer.headers.location));
  return to?.protocol === 'https:' && to.hostname === domain ? viewer.https(domain) : answer;
}

function seenOf(answer: Opened, { domain, failover }: SiteView['site']): Seen {
  const { status, headers, body } = answer;
  // The proxy's own sentence.
  if (headers['proxy-status']) return { what: 'neither', answer: 'No answer', details: body.trim() };
  const title = titleOf(answer);
  const words = title === undefined || title.startsWith(`${status}`) ? STATUS_CODES[status] : `"${title}"`;
  const isPage = status === 503 && failover !== undefined && body === renderPage(failover.page, { domain });
  return {
    what: isPage ? 'page' : status === 200 ? 'site' : 'neither',
    answer: `${status} ${words ?? ''}`.trim(),
    details: isPage ? detailsOf(answer) : '',
  };
}

function detailsOf({ headers, certificate }: Opened): string {
  const { 'retry-after': retryAfter, 'x-amz-cf-pop': location } = headers;
  const details = [
    retryAfter && `Retry-After ${retryAfter} s`,
    certificate && `certificate for ${certificate.names.join(', ')}`,
    location && `by CloudFront at ${location}`,
  ];
  return details.filter(Boolean).join('; ');
}
