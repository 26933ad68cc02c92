import type { Route53Client } from '@aws-sdk/client-route-53';
import { DnsFailure } from '../../aws/dns/query.ts';
import type { Resolver } from '../../aws/dns/resolver.ts';
import { readZone } from '../../aws/zones/read-zone.ts';
import { Failure } from '../../domain/errors.ts';
import { chooseDelegated } from '../../domain/zones/choose-zone.ts';
import type { ZoneGroup } from '../../domain/zones/zones-for.ts';

/**
 * The id of the zone that the names of a group lie in: of several with one name, the one that the parent delegates to.
 *
 * @throws {Failure} "Conflict" when the parent doesn't tell (failures R10), "NotReady" when it can't be asked
 */
export async function chooseZone(
  route53: Route53Client,
  { candidates }: ZoneGroup,
  newResolver: () => Resolver,
): Promise<string> {
  const [first, ...twins] = candidates;
  if (first && twins.length === 0) return first.id;
  const zones = await Promise.all(candidates.map(({ id }) => readZone(route53, id)));
  try {
    const { nameServers } = await newResolver().referral(zones[0]?.name ?? '');
    return chooseDelegated(zones, nameServers).id;
  } catch (error) {
    if (error instanceof DnsFailure)
      throw new Failure('NotReady', `Cannot choose among zones of one name now: ${error.message}`);
    throw error;
  }
}
