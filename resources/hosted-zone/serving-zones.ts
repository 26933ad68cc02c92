import type { Route53Client } from '@aws-sdk/client-route-53';
import { DnsFailure } from '../../aws/dns/query.ts';
import type { Referral, Resolver } from '../../aws/dns/resolver.ts';
import type { ListedZone } from '../../aws/zones/list-zones.ts';
import { readZone } from '../../aws/zones/read-zone.ts';
import { Failure } from '../../domain/errors.ts';
import type { Owner } from '../../domain/ownership.ts';
import { isMadeFor } from '../../domain/zones/caller-reference.ts';
import { type EmptyZone, emptyZonesBelow } from '../../domain/zones/empty-zones.ts';

/**
 * The zones of the account without the empty ones that stand between a name and the zone that answers for it: a zone that
 * holds nothing, that the zone above does not delegate to, while that one is in the account and is delegated to. `except` stays.
 *
 * @throws {Failure} "NotReady" when the zone above can't be asked
 */
export async function servingZones(
  route53: Route53Client,
  listed: readonly ListedZone[],
  {
    names,
    owner,
    except,
    newResolver,
  }: { names: readonly string[]; owner: Owner; except?: string; newResolver: () => Resolver },
): Promise<{ zones: ListedZone[]; passedOver: EmptyZone[] }> {
  const passedOver: EmptyZone[] = [];
  const dns = newResolver();
  for (const { empty, above } of emptyZonesBelow(names, listed)) {
    if (empty.name === except) continue;
    const { parent, nameServers } = await referral(dns, empty.name);
    const { callerReference } = await readZone(route53, empty.id);
    if (nameServers.length > 0 || isMadeFor(owner, callerReference)) continue;
    const candidates = await Promise.all(
      above.filter(({ name }) => name === parent).map(({ id }) => readZone(route53, id)),
    );
    const delegated = candidates.length > 0 ? (await referral(dns, parent)).nameServers : [];
    const serving = candidates.find((zone) => zone.nameServers.some((server) => delegated.includes(server)));
    if (serving) passedOver.push({ ...empty, servedBy: { id: serving.id, name: serving.name } });
  }
  return { zones: listed.filter(({ id }) => !passedOver.some((zone) => zone.id === id)), passedOver };
}

async function referral(dns: Resolver, name: string): Promise<Referral> {
  try {
    return await dns.referral(name);
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    const message = `Cannot see now which hosted zone answers for "${name}": ${error.message}`;
    throw new Failure('NotReady', message, { cause: error });
  }
}
