/** What a query brought. `rcode` is "NOERROR", "NXDOMAIN" or a failure such as "SERVFAIL". */
export interface DnsResult {
  rcode: string;
  answers: { name: string; type: string; data?: unknown }[];
}

/** Asks the small internet's DNS from the root, without a cache. Follows CNAMEs for other types than CNAME. */
export type Resolve = (name: string, type: 'CNAME' | 'CAA' | 'NS') => Promise<DnsResult>;

/** One spelling of a name: lower case, no trailing dot. */
export const canonical = (name: string): string => name.toLowerCase().replace(/\.$/, '');
