import type { EdgeName } from '../edges/edge.ts';
import type { DeclaredOrigin } from '../origins/origin.ts';
import type { Cdn } from './cdn.ts';
import type { SiteDns } from './dns.ts';
import type { Failover } from './failover.ts';

/** A certificate that exists: in ACM, or in a secret. */
export interface StoredCertificate {
  arn?: string;
  imported?: { secret: string };
}

/** What a user declares, canonical and with every default filled in. */
export interface Site {
  /** Lower case A-labels, no trailing dot. */
  domain: string;
  aliases: string[];
  /** What produces the pages. */
  origin: DeclaredOrigin;
  /** What viewers connect to. */
  edge: EdgeName;
  /** What plain HTTP gets: a 301 to https, or no listener at all. */
  http: 'redirect' | 'reject';
  /** CIDR blocks that may reach the edge. Default ["0.0.0.0/0", "::/0"]. */
  access: string[];
  /**
   * The existing certificate that the edge serves, which is not the site's, or the secret that one is imported from, which is: one of
   * both. "acme": a server requests its own from the ACME endpoint of the stack. "export": one is requested that a person exports and
   * installs on the server. Left out: one is requested, and renewed by ACM; a
   * server has its own.
   */
  certificate?: 'acme' | 'export' | StoredCertificate;
  /** How the edge "cdn" is set; absent with every other edge. */
  cdn?: Cdn;
  /** What viewers get while the site is down. Left out: whatever is down answers. */
  failover?: Failover;
  /** A second name that reaches the origin itself. */
  directName?: string;
  /** Whose site it is among those that are run for others. Left out: the account's own. */
  tenant?: string;
  /** Where the records are kept. Left out: in Route 53 of this account. */
  dns?: SiteDns;
  /**
   * Subnets of the load balancer, in two zones at least. Left out in a declaration, a public one of each zone of the
   * instance's VPC is filled in, so that they stay the same for the whole operation.
   */
  subnets?: string[];
  /** What becomes of what was made when an onboarding fails. Left out, `isUndoneWhenFailed()` decides. */
  onFailure?: 'undo' | 'hold';
  /** What becomes of what others change of the site's resources while it is live. Left out: people are told of it. */
  drift?: 'report' | 'repair';
  /** Whether the domain gets a hosted zone of its own, and its delegation is written where it can be. Left out, a person enters it. */
  delegate?: boolean;
  /** Whether what stands in the way and isn't ours is taken over, to be put back by undo. Left out, it is left alone. */
  adopt?: boolean;
}
