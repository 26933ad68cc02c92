import type { CloudFront } from '../cloudfront.ts';
import { newDomainName, newId } from '../ids.ts';
import { CLOUDFRONT_ZONE } from '../names.ts';

/** An alias on a distribution of an account that is not ours. */
export interface Stranger {
  id: string;
  accountId: string;
  alias: string;
  domainName: string;
  enabled: boolean;
}

/** Puts an alias on a distribution of another account. Nothing is served for it here; its name resolves. */
export function addStranger(
  cloudFront: CloudFront,
  { alias, accountId = '555555555555' }: { alias: string; accountId?: string },
): Stranger {
  const { draws, strangers, edges, around } = cloudFront;
  const stranger = { id: newId(draws), accountId, alias, domainName: newDomainName(draws), enabled: true };
  const addresses = edges.map((edge) => edge.sharedAddresses);
  around.awsNames.set(stranger.domainName, {
    zoneId: CLOUDFRONT_ZONE,
    a: () => addresses.map(({ ipv4 }) => ipv4),
    aaaa: () => [],
    healthy: () => true,
    ipv6ByBareName: true,
  });
  strangers.push(stranger);
  return stranger;
}
