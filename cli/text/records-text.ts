import type { SiteView } from '../../domain/sites/view.ts';
import { paint } from '../paint.ts';
import { table } from './table.ts';
import { zoneLines } from './zone-lines.ts';

type Records = Pick<SiteView, 'records' | 'recordsToRemove'>;

/** What a person enters at another DNS provider and takes out, as a table and as lines of a zone file. Empty without any. */
export function recordsText({ records = [], recordsToRemove = [] }: Records): string {
  const entered = records.map(({ seen, name, type, values, ttlSeconds, for: purpose }) => [
    seen,
    name,
    type,
    String(ttlSeconds),
    purpose,
    values.join(', '),
  ]);
  const hints = records.flatMap(({ name, type, hint }) => (hint === undefined ? [] : [`${name} ${type}: ${hint}`]));
  const removed = recordsToRemove.map(({ name, type, values }) => [name, type, values.join(', ')]);
  const parts = [
    records.length > 0 &&
      `${paint('bold', 'Records to enter')}\n${table(['seen', 'name', 'type', 'TTL', 'for', 'value'], entered)}`,
    hints.length > 0 && hints.join('\n'),
    records.length > 0 && `${paint('bold', 'The same as lines of a zone file')}\n${zoneLines(records).join('\n')}`,
    recordsToRemove.length > 0 &&
      `${paint('bold', 'Records to take out')}\n${table(['name', 'type', 'value'], removed)}`,
  ];
  return parts.filter(Boolean).join('\n\n');
}
