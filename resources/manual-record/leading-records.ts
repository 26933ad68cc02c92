import type { Resolver } from '../../aws/dns/resolver.ts';
import { isDistributionName } from '../../domain/distributions/dns-name.ts';
import type { EnteredEntry, Entry, Sighting } from '../../domain/entries/entry.ts';
import { isStanding } from '../../domain/entries/judge.ts';
import { Failure } from '../../domain/errors.ts';
import { dualstackName, isSameTyped } from '../../domain/load-balancers/dns-name.ts';
import { typeOf } from '../../domain/sites/address-types.ts';
import { addressesBehind, lookAtEntry } from './probe-record.ts';

/** The names that the document does not declare, and where none of them may lead any more. */
interface Dropped {
  names: readonly string[];
  /** The own names of load balancers and distributions. */
  dnsNames: readonly string[];
  /** The instance's own addresses. */
  addresses: readonly string[];
}

/** What still leads the names there, as the zones' name servers answer it. */
export async function entriesLeadingTo(
  dns: Resolver,
  { names, dnsNames, addresses }: Dropped,
): Promise<EnteredEntry[]> {
  if (dnsNames.length === 0 && addresses.length === 0) return [];
  const ends = [
    ...(await Promise.all(
      dnsNames.map(ledToName).map(async (dnsName) => ({
        to: { type: 'CNAME' as const, values: [dnsName] },
        leadsTo: await addressesBehind(dns, dnsName),
      })),
    )),
    ...addresses.map((address) => ({ to: { type: typeOf(address), values: [address] }, leadsTo: [address] })),
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

/** A distribution has one name only. */
const ledToName = (dnsName: string): string => (isDistributionName(dnsName) ? dnsName : dualstackName(dnsName));

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
