import type { Resolver } from '../../aws/dns/resolver.ts';
import type { Environment } from '../../aws/environment.ts';
import { type Entry, isAmong, leadsToSite, type SeenEntry } from '../../domain/entries/entry.ts';
import { isStanding } from '../../domain/entries/judge.ts';
import { outputIfDone, stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { isKept } from '../../domain/removal/kept.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import { desiredDocument } from '../../domain/sites/life/standing.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { Site } from '../../domain/sites/site.ts';
import { originNamesOf } from '../record/origin-records.ts';
import { enteredIn } from './entered.ts';
import { addressesOf, entriesOf } from './manual-records.ts';
import { lookAtEntry } from './probe-record.ts';

/** A record that a person is to take out. */
export type LeavingEntry = Pick<SeenEntry, 'name' | 'type' | 'values' | 'note' | 'ttlSeconds'>;

/**
 * What a person has entered for names that are let go, once what takes their place was seen to work: the operation waits
 * until it is taken out.
 */
export function entriesToRemove(record: SiteRecord, environment: Pick<Environment, 'account' | 'stackName'>): Entry[] {
  const { item } = record;
  if (!isExternal(item.site) || isKept(item.operation?.keeps, { type: 'record' })) return [];
  if (!outputIfDone(record, 'ProbeSite') && desiredDocument(item)) return [];
  const wanted = entriesOf(record, environment);
  const later = stepOf(record, 'RemoveOriginRecord')?.revision === item.revision ? [] : originNamesOf({ record });
  return enteredIn(record).filter(
    (entry) => leadsToSite(entry) && !isAmong(wanted, entry) && !later.includes(entry.name),
  );
}

/** The same for a document that is yet to be declared: what leads viewers to names that it drops. */
export function entriesToRemoveLater(record: SiteRecord | undefined, site: Site): Entry[] {
  if (!record || !isExternal(site)) return [];
  const names = namesOf(site).map(({ name }) => name);
  return enteredIn(record).filter((entry) => leadsToSite(entry) && !names.includes(entry.name));
}

const NOTE =
  'Leads viewers to resources that are to be deleted. Remove this record: they are deleted once no resolver can have it in its cache';

/** Those that some name server still answers with, or that can't be looked at now. */
export async function lookAtLeaving(dns: Resolver, entries: readonly Entry[]): Promise<LeavingEntry[]> {
  const looked = await Promise.all(entries.map((entry) => standing(dns, entry)));
  return looked.flatMap((entry) => entry ?? []);
}

async function standing(dns: Resolver, entry: Entry): Promise<LeavingEntry | undefined> {
  const { name, type, values } = entry;
  const [sighting, leadsTo] = await Promise.all([lookAtEntry(dns, entry), addressesOf(dns, entry)]);
  if ('failure' in sighting) return { name, type, values, note: NOTE, ttlSeconds: 0 };
  if (!isStanding(entry, sighting, { leadsTo })) return undefined;
  const ttlSeconds = Math.max(...sighting.answers.map((each) => each.ttlSeconds));
  return { name, type, values, note: NOTE, ttlSeconds };
}
