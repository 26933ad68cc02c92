import type { Resolver } from '../aws/dns/resolver.ts';
import type { SiteRecord } from '../aws/ledger/items.ts';
import { type Entry, entryInWords } from '../domain/entries/entry.ts';
import { isStanding } from '../domain/entries/judge.ts';
import { trafficEntries } from '../domain/entries/wanted.ts';
import { Failure } from '../domain/errors.ts';
import { addressesBehind, lookAtEntry } from './look-at-entry.ts';

/** What would be gone under the names: the load balancers' own names and the instance's addresses that are ours. */
interface Ends {
  record: SiteRecord;
  dnsNames: readonly string[];
  addresses: readonly string[];
}

/**
 * Lets an undo go on once no name server sends viewers to what it removes: whoever got the load balancer's addresses next
 * would have the name (failures S1). Only a person can take these records away.
 *
 * @throws {Failure} "Awaited" until then, saying what to remove
 */
export async function awaitLeaving(dns: Resolver, ends: Ends): Promise<void> {
  const standing: string[] = [];
  for (const { entry, leadsTo } of await possible(dns, ends)) {
    const sighting = await lookAtEntry(dns, entry);
    if ('failure' in sighting) {
      throw new Failure('Awaited', `Cannot see now whether "${entry.name}" still leads here: ${sighting.failure}`);
    }
    if (isStanding(entry, sighting, { leadsTo })) standing.push(entryInWords(entry));
  }
  if (standing.length === 0) return;
  const message = `Waiting until you have removed what would dangle: at your DNS provider, remove ${standing.join('; ')}`;
  throw new Failure('Awaited', message);
}

/** Every record that may have been entered for the site's names. */
async function possible(
  dns: Resolver,
  { record, dnsNames, addresses }: Ends,
): Promise<{ entry: Entry; leadsTo: string[] }[]> {
  const { site: declared, former = [] } = record.item;
  const site = { ...declared, aliases: [...declared.aliases, ...former] };
  const balanced = await Promise.all(
    dnsNames.map(async (dnsName) => {
      const leadsTo = await addressesBehind(dns, dnsName);
      const entries = trafficEntries(site, { loadBalancer: dnsName.toLowerCase() });
      return entries.map((entry) => ({ entry, leadsTo }));
    }),
  );
  const direct = addresses.flatMap((address) =>
    trafficEntries(site, { address }).map((entry) => ({ entry, leadsTo: [address] })),
  );
  return [...balanced.flat(), ...direct];
}
