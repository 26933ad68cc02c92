import { lookAbove } from '../../aws/dns/look-above.ts';
import { DnsFailure } from '../../aws/dns/query.ts';
import type { Resolver } from '../../aws/dns/resolver.ts';
import { listRecordsBelow } from '../../aws/records/list-records.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';
import type { Answered, Undelegated } from '../../domain/zones/carry-over.ts';
import { answersToday } from './answers-today.ts';
import { type Account, servingZone } from './serving-zone.ts';

const NOTHING: Answered = { sets: [], complete: true, negativeSeconds: 0 };

/**
 * What answers at and below a zone's name while the zone is not delegated to; undefined when it is, in whole or in part.
 *
 * @throws {DnsFailure} when that can't be seen now
 */
export async function foreseeDelegation(
  dns: Resolver,
  { name, nameServers, names }: { name: string; nameServers: readonly string[]; names: readonly string[] },
  account: Account,
): Promise<Undelegated | undefined> {
  const { parent, nameServers: delegatedTo } = await dns.referral(name);
  if (delegatedTo.some((server) => nameServers.includes(server))) return undefined;
  try {
    const listed = delegatedTo.length === 0 ? await listBelow(dns, { name, parent }, account) : undefined;
    return { parent, delegatedTo, answered: await answersToday(dns, { zone: name, names, listed }) };
  } catch (error) {
    // Name servers that answer no query silence nothing when they are replaced.
    if (!(error instanceof DnsFailure) || !(await areAllLame(dns, name))) throw error;
    return { parent, delegatedTo, answered: NOTHING };
  }
}

/** Every set at and below a name, where the zone above is in the account and the one that the world is sent to. */
async function listBelow(
  dns: Resolver,
  { name, parent }: { name: string; parent: string },
  account: Account,
): Promise<RecordSet[] | undefined> {
  const above = await servingZone(dns, parent, account);
  return above && listRecordsBelow(account.route53, { zoneId: above.id, name });
}

async function areAllLame(dns: Resolver, name: string): Promise<boolean> {
  const { seen, lame } = await lookAbove(dns, name);
  return seen.nameServers.length > 0 && lame.length === seen.nameServers.length;
}

/** The same for a plan: that name servers can't be asked now is told of the delegation. */
export async function foreseeIfSeen(...asked: Parameters<typeof foreseeDelegation>): Promise<Undelegated | undefined> {
  try {
    return await foreseeDelegation(...asked);
  } catch (error) {
    if (error instanceof DnsFailure) return undefined;
    throw error;
  }
}
