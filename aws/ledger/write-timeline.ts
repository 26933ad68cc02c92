import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { TimelineItem } from '../../domain/ledger/timeline-item.ts';
import { printable } from '../../domain/printable.ts';
import { timelineKey } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** Adds a line to the timeline. The same instant and id again write the same line, not a second one. */
export async function writeTimeline(
  ledger: Ledger,
  domain: string,
  { id, ...entry }: TimelineItem & { id: string },
): Promise<void> {
  const Item = { ...timelineKey(domain, entry.at, id), ...entry, message: printable(entry.message) };
  await ledger.documents.send(new PutCommand({ TableName: ledger.table, Item }));
}
