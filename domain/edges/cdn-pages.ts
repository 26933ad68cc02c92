import type { Page } from '../probes/page.ts';
import { cdnOf } from '../sites/cdn.ts';
import type { Site } from '../sites/site.ts';
import type { Refusal } from './edge.ts';
import { loadBalancer } from './load-balancer.ts';

/**
 * Which of the two has answered: what the web server itself says comes with its own `Server`. Source: pages of both in public
 * reports; checked 2026-11-29.
 */
const isBalancers = ({ server = '' }: Page): boolean => server.startsWith('awselb');
const isCloudFronts = ({ server = 'CloudFront' }: Page): boolean => server === 'CloudFront';

/**
 * What CloudFront's own pages mean, and what to look at. Source: Amazon CloudFront Developer Guide, "HTTP 502 status code (Bad
 * Gateway)", "HTTP 503 …" and "HTTP 504 status code (Gateway Timeout)"; checked 2026-11-29.
 */
const PAGES: ReadonlyMap<number, string> = new Map([
  [
    502,
    ', from CloudFront: it could not connect to the load balancer over TLS, or got no valid answer. Check the record of the origin name, the certificate of the listener, which must cover the name that is sent as Host, and that port 443 accepts connections',
  ],
  [503, ', from CloudFront: a limit is reached, or this edge location has no capacity. It may be over in some minutes'],
  [
    504,
    ", from CloudFront: the load balancer did not answer in time. Check that its security group and network ACLs let in CloudFront's prefix list, and that the application answers within 30 s",
  ],
]);

/** Of a page behind CloudFront: CloudFront's own, or the load balancer's, which CloudFront passes on. */
export function errorPages(page: Page): ReadonlyMap<number, string> {
  if (isBalancers(page)) return loadBalancer.errorPages(page);
  return isCloudFronts(page) ? PAGES : new Map();
}

/** A 403 that is not the web server's. Without the lock it is the user's own that refuses, for a reason of theirs. */
export function refusal(page: Page, site: Pick<Site, 'domain' | 'cdn'>): Refusal | undefined {
  if (page.status !== 403) return undefined;
  if (isBalancers(page)) {
    const rule = cdnOf(site).lock
      ? "the listener's rule does not know the secret header that CloudFront sends, or a web ACL refuses this probe"
      : 'a rule of its listener or a web ACL refuses this probe';
    return { meaning: `, from the load balancer: ${rule}`, stops: cdnOf(site).lock };
  }
  if (page.server === undefined || !isCloudFronts(page)) return undefined;
  const meaning = ', from CloudFront: a web ACL, a geographic restriction or signed URLs refuse this probe';
  return { meaning, stops: false };
}

/** CloudFront tries to connect for 30 s, and waits for an answer as long: no viewer waits for that page. */
export const SILENT =
  ". CloudFront waits for the load balancer longer than a viewer: check that its security group and network ACLs let in CloudFront's prefix list, and that the application answers at once";
