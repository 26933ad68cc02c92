import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { type SeenName, seenName } from './claim-name.ts';
import { nameKey } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** Keys that one call takes. Source: BatchGetItem, checked 2026-11-22. */
const MAX_KEYS = 100;

/** How each of these names stands: whose it is, and whether names below it have been marked. */
export async function readNames(ledger: Ledger, names: readonly string[]): Promise<Map<string, SeenName>> {
  const byKey = new Map(names.map((name) => [nameKey(name).pk, name]));
  const seen = new Map<string, SeenName>(names.map((name) => [name, {}]));
  let open = names.map(nameKey);
  while (open.length > 0) {
    const keys = open.slice(0, MAX_KEYS);
    const { Responses, UnprocessedKeys } = await ledger.documents.send(
      new BatchGetCommand({ RequestItems: { [ledger.table]: { Keys: keys, ConsistentRead: true } } }),
    );
    for (const item of Responses?.[ledger.table] ?? []) seen.set(byKey.get(String(item['pk'])) ?? '', seenName(item));
    const left = (UnprocessedKeys?.[ledger.table]?.Keys ?? []) as typeof open;
    open = [...left, ...open.slice(MAX_KEYS)];
  }
  return seen;
}
