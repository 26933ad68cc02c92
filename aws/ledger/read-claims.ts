import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { NameItem } from './items.ts';
import { nameKey, withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** Keys that one call takes. Source: BatchGetItem, checked 2026-11-22. */
const MAX_KEYS = 100;

/** Who has claimed these names; names that nobody has are left out. */
export async function readClaims(ledger: Ledger, names: readonly string[]): Promise<NameItem[]> {
  const claims: NameItem[] = [];
  let open = names.map(nameKey);
  while (open.length > 0) {
    const keys = open.slice(0, MAX_KEYS);
    const { Responses, UnprocessedKeys } = await ledger.documents.send(
      new BatchGetCommand({ RequestItems: { [ledger.table]: { Keys: keys, ConsistentRead: true } } }),
    );
    const found = (Responses?.[ledger.table] ?? []).map((item) => withoutKeys<NameItem>(item));
    // A name that only has others below it stands there without an owner.
    claims.push(...found.filter(({ domain }) => domain !== undefined));
    const left = (UnprocessedKeys?.[ledger.table]?.Keys ?? []) as typeof open;
    open = [...left, ...open.slice(MAX_KEYS)];
  }
  return claims;
}
