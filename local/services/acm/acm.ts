import type { Authority } from '../../certificates/authority.ts';
import type { Host } from '../../host.ts';
import type { Endpoints } from './acme/endpoints.ts';
import type { CertificateStore } from './certificate-store.ts';
import type { Resolve } from './dns.ts';

/** What ACM's operations and its inner life share. */
export interface Acm {
  host: Host;
  authority: Authority;
  resolve: Resolve;
  certificates: CertificateStore;
  /** ACME servers of the account. */
  endpoints: Endpoints;
  /** Days before expiry from which expiry events are sent, by Region, where somebody set them. */
  daysBeforeExpiry: Map<string, number>;
  /** The clock of clients outside: they judge a certificate's validity by it. */
  wallNow(): Date;
}
