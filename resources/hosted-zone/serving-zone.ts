import type { Route53Client } from '@aws-sdk/client-route-53';
import type { Resolver } from '../../aws/dns/resolver.ts';
import { type HostedZone, readZone } from '../../aws/zones/read-zone.ts';
import type { Zone } from '../../domain/zones/longest-match.ts';

/** Where hosted zones are looked for. */
export interface Account {
  route53: Route53Client;
  /** The public zones of the account that keeps the records. */
  zones: readonly Zone[];
}

/**
 * The zone of a name in the account that the world is sent to.
 *
 * @returns undefined where the account has none, or only such as the zone above does not delegate to
 * @throws {DnsFailure} when the zone above can't be asked
 */
export async function servingZone(
  dns: Resolver,
  name: string,
  { route53, zones }: Account,
): Promise<HostedZone | undefined> {
  for (const { id } of zones.filter((zone) => zone.name === name)) {
    const zone = await readZone(route53, id);
    const { nameServers } = await dns.referral(name);
    if (zone.nameServers.some((server) => nameServers.includes(server))) return zone;
  }
  return undefined;
}
