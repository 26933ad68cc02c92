/** Where a site's records are kept: in Route 53 of this account, or with another provider, where a person enters them. */
export type SiteDns = 'route53' | 'external';

/** A site that says nothing about it keeps its records in Route 53. */
export function dnsOf({ dns = 'route53' }: { dns?: SiteDns }): SiteDns {
  return dns;
}

/** Whether a person enters the records, somewhere that we can't write to. */
export function isExternal(site: { dns?: SiteDns }): boolean {
  return dnsOf(site) === 'external';
}

/** Whether nothing in the account says who owns the names: then they are proven by a challenge. */
export function needsChallenge(site: { dns?: SiteDns }): boolean {
  return dnsOf(site) !== 'route53';
}
