import type { Finding } from './certificate.ts';

/** An HTTP answer, as far as a probe looks. */
export interface Page {
  status: number;
  location?: string;
  /** Who has answered, by its own word: "CloudFront", "awselb/2.0", "nginx". */
  server?: string;
  /** Whether it sets a cookie: the same URL may answer otherwise to a browser that has it. */
  setsCookie?: boolean;
  /** When to ask again, by its own word. */
  retryAfter?: string;
  /** Its Strict-Transport-Security header. */
  strictTransport?: string;
}

/** From here on it is the edge or a broken origin that speaks, not the site. */
const FIRST_SERVER_ERROR = 500;

/** Of every web server. Source: RFC 9110, section 15.6.1, checked 2026-11-29. */
const ITSELF = ', from the web server itself';

/**
 * Takes every answer below 500 for the site's own: a page behind a login answers 401 or 403 and is well, while others are the
 * web server's words, or those of an edge (`errorPages`) for a target that isn't well.
 */
export function judgePage(
  { status }: Page,
  { url, errorPages }: { url: string; errorPages?: ReadonlyMap<number, string> },
): Finding | undefined {
  if (status < FIRST_SERVER_ERROR) return undefined;
  const meaning = status === 500 ? ITSELF : (errorPages?.get(status) ?? '');
  return { reason: 'pageUnacceptable', message: `"${url}" answers ${status}${meaning}` };
}

/** Whether plain HTTP sends the viewer to the same name over https for good. */
export function judgeRedirect({ status, location }: Page, name: string): Finding | undefined {
  if (status === 301 && isHttpsOf(location, name)) return undefined;
  const said = location === undefined ? `${status}` : `${status} to "${location}"`;
  const message = `"http://${name}/" answers ${said}, not 301 to "https://${name}/"`;
  return { reason: 'httpNotRedirected', message };
}

function isHttpsOf(location: string | undefined, name: string): boolean {
  if (location === undefined || !URL.canParse(location)) return false;
  const { protocol, host } = new URL(location);
  // The default port drops out: a load balancer writes "https://name:443/".
  return protocol === 'https:' && host === name;
}
