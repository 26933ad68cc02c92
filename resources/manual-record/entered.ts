import { type EnteredEntry, type Entry, entryTarget } from '../../domain/entries/entry.ts';
import type { Made } from '../../domain/ledger/made.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';

/** A record that a person enters, as the ledger remembers it beyond the document that asked for it. */
export function entryMade({ name, type, values, for: purpose }: Entry, ttlSeconds = 0): Made {
  const entered = { name, type, values, for: purpose, ttlSeconds };
  return { type: 'record', id: entryTarget(entered), ours: false, entered };
}

/** All that a person was asked to enter for the site, by this document or earlier ones, and has not been seen to be gone. */
export function enteredIn({ steps }: Pick<SiteRecord, 'steps'>): EnteredEntry[] {
  const entries = steps.flatMap(({ made }) => made.flatMap(({ entered }) => entered ?? []));
  return [...new Map(entries.map((entry) => [entryTarget(entry), entry])).values()];
}
