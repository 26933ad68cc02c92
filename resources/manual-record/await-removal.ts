import type { Resolver } from '../../aws/dns/resolver.ts';
import { type EnteredEntry, type Entry, entryInWords, type Sighting } from '../../domain/entries/entry.ts';
import { isStanding } from '../../domain/entries/judge.ts';
import { Failure } from '../../domain/errors.ts';
import { dualstackName, isSameTyped } from '../../domain/load-balancers/dns-name.ts';
import type { Doing } from '../resource.ts';
import { entryMade } from './entered.ts';
import { addressesBehind, lookAtEntry } from './probe-record.ts';

/** The names that are let go, and where none of them may lead any more. */
interface Dropped {
  names: readonly string[];
  /** The load balancers' own names. */
  dnsNames: readonly string[];
  /** The instance's own addresses. */
  addresses: readonly string[];
}

/**
 * Lets an undo or a change go on once no name server sends viewers of the names to the site: whoever got the load
 * balancer's addresses next would have the name (failures S1). Only a person can take these records away, so the ledger
 * keeps what they are told to remove.
 *
 * @throws {Failure} "Awaited" until then, saying what to remove
 */
export async function awaitLeaving(dns: Resolver, dropped: Dropped, keep: Doing['keep']): Promise<void> {
  const standing = await stillLeading(dns, dropped);
  if (standing.length === 0) return;
  await keep(...standing.map((entry) => entryMade(entry, entry.ttlSeconds)));
  const list = standing.map(entryInWords).join('; ');
  throw new Failure(
    'Awaited',
    `Waiting until you have removed what would dangle: at your DNS provider, remove ${list}`,
  );
}

async function stillLeading(dns: Resolver, { names, dnsNames, addresses }: Dropped): Promise<EnteredEntry[]> {
  if (dnsNames.length === 0 && addresses.length === 0) return [];
  const ends = [
    ...(await Promise.all(
      dnsNames.map(dualstackName).map(async (dnsName) => ({
        to: { type: 'CNAME' as const, values: [dnsName] },
        leadsTo: await addressesBehind(dns, dnsName),
      })),
    )),
    ...addresses.map((address) => ({ to: { type: 'A' as const, values: [address] }, leadsTo: [address] })),
  ];
  const looked = await Promise.all(
    names.map(async (name) => {
      const sighting = await sightOf(dns, name);
      const ttlSeconds = Math.max(...sighting.answers.map((each) => each.ttlSeconds));
      return ends.flatMap(({ to, leadsTo }) => {
        const entry: Entry = { name, ...to, for: 'traffic' };
        return isStanding(entry, sighting, { leadsTo }) ? [{ ...told(entry, sighting), ttlSeconds }] : [];
      });
    }),
  );
  return looked.flat();
}

/** As it was entered: where no CNAME can stand, an ALIAS does; a load balancer has two names. */
function told(entry: Entry, { zone, answers }: Sighting): Entry {
  if (entry.type !== 'CNAME') return entry;
  if (entry.name === zone) return { ...entry, type: 'ALIAS' };
  const entered = answers.map(({ cname }) => cname).find((cname) => cname && isSameTyped(cname, entry.values[0] ?? ''));
  return { ...entry, values: entered === undefined ? entry.values : [entered] };
}

/** What the zone's name servers say, whatever stands at the name. */
async function sightOf(dns: Resolver, name: string): Promise<Sighting> {
  const sighting = await lookAtEntry(dns, { name, type: 'CNAME', values: [], for: 'traffic' });
  if (!('failure' in sighting)) return sighting;
  throw new Failure('Awaited', `Cannot see now whether "${name}" still leads here: ${sighting.failure}`);
}
