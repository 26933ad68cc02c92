import { originOf } from '../origins/origin.ts';
import type { Page } from '../probes/page.ts';
import { cdnOf } from '../sites/cdn.ts';
import type { Site } from '../sites/site.ts';
import type { Refusal } from './edge.ts';
import { loadBalancer } from './load-balancer.ts';
import { isBehindBalancer } from './served-origin.ts';

/**
 * Which of the two has answered: what the web server itself says comes with its own `Server`. Source: pages of both in public
 * reports; checked 2026-11-29.
 */
const isBalancers = ({ server = '' }: Page): boolean => server.startsWith('awselb');
const isCloudFronts = ({ server = 'CloudFront' }: Page): boolean => server === 'CloudFront';

/** What CloudFront asks, and what lets it in there, in sentences. */
interface Asked {
  label: string;
  certificate: string;
  firewall: string;
}

const BALANCER: Asked = {
  label: 'the load balancer',
  certificate:
    'the certificate of the listener, which must cover the name that is sent as Host, and that port 443 accepts',
  firewall: "its security group and network ACLs let in CloudFront's prefix list",
};

const askedOf = (site: Pick<Site, 'origin'>): Asked => {
  if (isBehindBalancer(site)) return BALANCER;
  const { label, port } = originOf(site);
  return {
    label,
    certificate: `its certificate, which must cover the name that is sent as Host, and that port ${port} accepts`,
    firewall: `its firewall lets in CloudFront to port ${port} (service "CLOUDFRONT_ORIGIN_FACING" in https://ip-ranges.amazonaws.com/ip-ranges.json)`,
  };
};

/**
 * What CloudFront's own pages mean, and what to look at. Source: Amazon CloudFront Developer Guide, "HTTP 502 status code (Bad
 * Gateway)", "HTTP 503 …" and "HTTP 504 status code (Gateway Timeout)"; checked 2026-11-29.
 */
const pagesAbout = ({ label, certificate, firewall }: Asked): ReadonlyMap<number, string> =>
  new Map([
    [
      502,
      `, from CloudFront: it could not connect to ${label} over TLS, or got no valid answer. Check the record of the origin name, ${certificate} connections`,
    ],
    [
      503,
      ', from CloudFront: a limit is reached, or this edge location has no capacity. It may be over in some minutes',
    ],
    [
      504,
      `, from CloudFront: ${label} did not answer in time. Check that ${firewall}, and that the application answers within 30 s`,
    ],
  ]);

/** Of a page behind CloudFront: CloudFront's own, or the load balancer's, which CloudFront passes on. */
export function errorPages(page: Page, site: Pick<Site, 'origin'>): ReadonlyMap<number, string> {
  if (isBalancers(page)) return loadBalancer.errorPages(page, site);
  return isCloudFronts(page) ? pagesAbout(askedOf(site)) : new Map();
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
export function silent(site: Pick<Site, 'origin'>): string {
  const { label, firewall } = askedOf(site);
  return `. CloudFront waits for ${label} longer than a viewer: check that ${firewall}, and that the application answers at once`;
}
