import type { Resolver } from '../aws/dns/resolver.ts';
import type { Environment } from '../aws/environment.ts';
import type { SiteRecord } from '../aws/ledger/items.ts';
import type { World } from '../domain/changes/world.ts';
import type { Claimant } from '../domain/entries/challenge.ts';
import { type Entry, entryInWords, type SeenEntry } from '../domain/entries/entry.ts';
import { judgeEntry } from '../domain/entries/judge.ts';
import { type Known, wantedEntries } from '../domain/entries/wanted.ts';
import { Failure } from '../domain/errors.ts';
import { isExternal, needsChallenge } from '../domain/sites/dns.ts';
import type { Site } from '../domain/sites/site.ts';
import { addressesBehind, lookAtEntry } from './look-at-entry.ts';
import { outputIfDone, stepOf } from './outputs.ts';

/** Who asks for the names, from the stack's side. */
export function claimantOf(
  { account, stackName }: Pick<Environment, 'account' | 'stackName'>,
  { tenant }: Site,
): Claimant {
  return { account, stack: stackName, ...(tenant !== undefined && { tenant }) };
}

/** The records that a person enters for the site, as far as the operation has got; none where we write them all. */
export function entriesOf(record: SiteRecord, environment: Pick<Environment, 'account' | 'stackName'>): Entry[] {
  const { site } = record.item;
  if (!needsChallenge(site)) return [];
  const known = isExternal(site) ? knownSoFar(record) : {};
  return wantedEntries(site, { claimant: claimantOf(environment, site), ...known });
}

/** The same for a site that is yet to be declared. */
export function entriesBeforehand(
  site: Site,
  { world, environment }: { world: World; environment: Pick<Environment, 'account' | 'stackName'> },
): Entry[] {
  if (!needsChallenge(site)) return [];
  const validation = isExternal(site) ? world.edge?.certificate?.records : undefined;
  return wantedEntries(site, { claimant: claimantOf(environment, site), validation });
}

/** Traffic is asked for once the edge was seen to answer, or has been before (invariant 5). */
function knownSoFar(record: SiteRecord): Known {
  const { edge } = record.item.site;
  const validation = stepOf(record, 'RequestCertificate')?.output?.records;
  const proven = edge === 'direct' ? outputIfDone(record, 'ReserveAddress') : outputIfDone(record, 'Preflight');
  if (!proven && !stepOf(record, 'PointRecords')) return { validation };
  const loadBalancer = stepOf(record, 'CreateLoadBalancer')?.output?.dnsName.toLowerCase();
  return { validation, loadBalancer, address: stepOf(record, 'ReserveAddress')?.output?.address };
}

/** How each entry stands now, asked of the name servers themselves. */
export async function lookAtEntries(dns: Resolver, entries: readonly Entry[]): Promise<SeenEntry[]> {
  return Promise.all(
    entries.map(async (entry) => {
      const leads = entry.for === 'traffic' && entry.type === 'CNAME';
      const [sighting, leadsTo] = await Promise.all([
        lookAtEntry(dns, entry),
        leads ? addressesBehind(dns, entry.values[0] ?? '') : [],
      ]);
      return judgeEntry(entry, sighting, { leadsTo });
    }),
  );
}

/**
 * Lets a step go on once every name server answers with the entries.
 *
 * @throws {Failure} `name` until then, saying what to enter or to mend
 */
export async function awaitEntries(
  dns: Resolver,
  entries: readonly Entry[],
  { name, why }: { name: 'NotReady' | 'Awaited'; why: string },
): Promise<SeenEntry[]> {
  const looked = await lookAtEntries(dns, entries);
  const open = looked.filter(({ seen }) => seen !== 'seen');
  if (open.length === 0) return looked;
  throw new Failure(name, `${why}: ${open.map(whatToDo).join('. ')}`);
}

/** The slip and how to mend it, or what to enter. */
export function whatToDo({ hint, ...entry }: SeenEntry): string {
  return hint ?? `Enter ${entryInWords(entry)}${entry.type === 'ALIAS' ? `. ${entry.note}` : ''}`;
}
