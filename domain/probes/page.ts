import type { Finding } from './certificate.ts';

/** An HTTP answer, as far as a probe looks. */
export interface Page {
  status: number;
  location?: string;
  /** Whether it sets a cookie: the same URL may answer otherwise to a browser that has it. */
  setsCookie?: boolean;
}

/** From here on it is the load balancer or a broken origin that speaks, not the site. */
const FIRST_SERVER_ERROR = 500;

/**
 * Takes every answer below 500 for the site's own: a page behind a login answers 401 or 403 and is well, while 502, 503
 * and 504 are the load balancer's words for a target that isn't.
 */
export function judgePage({ status }: Page, url: string): Finding | undefined {
  if (status < FIRST_SERVER_ERROR) return undefined;
  return { reason: 'pageUnacceptable', message: `"${url}" answers ${status}${MEANING.get(status) ?? ''}` };
}

/** Source: Elastic Load Balancing User Guide, "Troubleshoot your Application Load Balancers", checked 2026-11-22. */
const MEANING = new Map([
  [500, ', from the web server itself'],
  [502, ': the load balancer got no valid answer from the target'],
  [503, ': the load balancer has no target that it may ask'],
  [504, ': the target did not answer the load balancer in time'],
]);

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
