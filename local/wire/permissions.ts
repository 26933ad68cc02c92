import type { Principal } from './service.ts';

/** Credentials that were issued for a role's session. */
export interface Session {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  principal: Principal;
  /** AWS time; absent for sessions that last. */
  expiresAt?: Date;
}

/** What is to be allowed. */
export interface Ask {
  principal: Principal;
  /** "acm:RequestCertificate" */
  action: string;
  /** Each must be allowed: ARNs, or "*" for an action without resource-level permission. */
  resources: string[];
  /** The service's own condition keys; the global ones are added. */
  conditions: Record<string, string[]>;
  region: string;
}

/** Who the caller is and what it may do, as the front asks it. */
export interface Permissions {
  /** The session that an access key was issued for; undefined for a key that was not issued here. */
  session(accessKeyId: string): Session | undefined;
  /** AWS's sentence when the caller may not; undefined when it may. */
  refusal(ask: Ask): string | undefined;
}
