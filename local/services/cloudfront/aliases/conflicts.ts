import type { CloudFront } from '../cloudfront.ts';
import type { Distribution } from '../distributions/distribution.ts';
import { aliasOnAnother, aliasResolvesToAnother } from '../errors.ts';
import { holders } from './holders.ts';

/**
 * Throws CNAMEAlreadyExists for an alias that is on another distribution, or whose name leads to another one. A wildcard
 * and a name under it may be on different distributions.
 */
export async function checkAliasConflicts(
  cloudFront: CloudFront,
  aliases: readonly string[],
  own: Distribution | undefined,
): Promise<void> {
  const check = (): void => {
    const taken = new Set(holders(cloudFront, own?.id ?? '').map(({ alias }) => alias));
    if (aliases.some((alias) => taken.has(alias))) throw aliasOnAnother();
  };
  check();
  for (const alias of aliases) {
    if (await leadsToAnother(cloudFront, alias, own)) throw aliasResolvesToAnother();
  }
  // Another request may have been faster while the DNS was asked.
  check();
}

/** Whether the public DNS has the name lead to a distribution, and to none but others: by its own record, or a wildcard's. */
async function leadsToAnother(
  { around: { resolve }, distributions, strangers, edges }: CloudFront,
  alias: string,
  own: Distribution | undefined,
): Promise<boolean> {
  const { answers } = await resolve(alias, 'A');
  const names = answers.filter(({ type }) => type === 'CNAME').map(({ data }) => String(data).replace(/\.$/, ''));
  const addresses = answers.filter(({ type }) => type === 'A').map(({ data }) => String(data));
  const met = [...distributions.values()].filter(
    (one) => names.includes(one.domainName) || one.addresses.some(({ ipv4 }) => addresses.includes(ipv4)),
  );
  if (met.length > 0) return !(own && met.includes(own));
  const shared = edges.map(({ sharedAddresses }) => sharedAddresses.ipv4);
  return (
    strangers.some(({ domainName }) => names.includes(domainName)) ||
    addresses.some((address) => shared.includes(address))
  );
}
