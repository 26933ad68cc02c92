import type { Site } from './site.ts';

/** How often Route 53 checks an endpoint: other intervals do not exist. Source: CreateHealthCheck, `RequestInterval`; checked 2026-11-29. */
export const CHECK_INTERVALS = [10, 30] as const;

/** What a site declares of its failover, with every default filled in. */
export interface Failover {
  /**
   * The name that the health check asks, which is the site's as well: never a served one, whose answer the check decides. Default
   * "origin." before the domain. Absent behind a CDN, which has an origin name of its own.
   */
  originName?: string;
  /** Absent behind a CDN, which sees every failed request itself. */
  check?: FailoverCheck;
  page: FailoverPage;
  /** What switches the page on and off: the ARN of a CloudWatch alarm, or "health-check" for the one on the site's own health check. */
  alarm?: string;
  /** Who sees the site while viewers see the page. */
  bypass?: FailoverBypass;
}

/** Operators, by where they come from. */
export interface FailoverBypass {
  /** CIDR blocks: "203.0.113.7/32", "2001:db8::/48". */
  addresses: string[];
}

/** When Route 53 fails over. */
export interface FailoverCheck {
  /** What it asks; 2xx and 3xx are healthy. Default: the health path of the origin. */
  path: string;
  /** Between two checks of each checker. Default 30. */
  intervalSeconds: (typeof CHECK_INTERVALS)[number];
  /** Checks in a row that fail, 1 to 10. Default 3. */
  failures: number;
}

/** What viewers see meanwhile. */
export interface FailoverPage {
  title: string;
  message: string;
  /** Whom to ask: an address, a telephone number, any words. */
  contact?: string;
  /** A language tag: "en", "pt-BR". */
  language: string;
  /** A whole document that is shown instead of one made from these words. */
  html?: string;
}

/** The page of a document that says nothing about it. */
export const DEFAULT_PAGE: FailoverPage = {
  title: 'Back soon',
  message: 'This site is not available at the moment. Please try again in a few minutes.',
  language: 'en',
};

/** @throws {Error} when the site has no health check */
export function checkOf({ domain, failover }: Pick<Site, 'domain' | 'failover'>): FailoverCheck {
  if (!failover?.check) throw new Error(`Cannot read the health check of "${domain}": it has none`);
  return failover.check;
}
