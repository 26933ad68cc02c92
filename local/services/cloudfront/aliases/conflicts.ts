import type { CloudFront } from '../cloudfront.ts';
import { aliasesOf, type Distribution } from '../distributions/distribution.ts';
import { aliasOnAnother, aliasResolvesToAnother } from '../errors.ts';

/**
 * Throws CNAMEAlreadyExists for an alias that is on another distribution, or whose name leads to another one. A wildcard
 * and a name under it may be on different distributions.
 */
export async function checkAliasConflicts(
  cloudFront: CloudFront,
  aliases: readonly string[],
  own: Distribution | undefined,
): Promise<void> {
  const others = [...cloudFront.distributions.values()].filter((one) => one !== own);
  if (aliases.some((alias) => others.some((other) => aliasesOf(other).includes(alias)))) throw aliasOnAnother();
  for (const alias of aliases) {
    if (await leadsToAnother(cloudFront, alias, own)) throw aliasResolvesToAnother();
  }
  // Whoever was faster while the DNS was asked has it.
  if (aliases.some((alias) => others.some((other) => aliasesOf(other).includes(alias)))) throw aliasOnAnother();
}

/** Whether the public DNS has the name lead to a distribution, and to none but others. */
async function leadsToAnother(
  { around: { resolve }, distributions }: CloudFront,
  alias: string,
  own: Distribution | undefined,
): Promise<boolean> {
  const { answers } = await resolve(alias, 'A');
  const names = answers.filter(({ type }) => type === 'CNAME').map(({ data }) => String(data).replace(/\.$/, ''));
  const addresses = answers.filter(({ type }) => type === 'A').map(({ data }) => String(data));
  const met = [...distributions.values()].filter(
    (one) => names.includes(one.domainName) || one.addresses.some(({ ipv4 }) => addresses.includes(ipv4)),
  );
  return met.length > 0 && !(own && met.includes(own));
}
