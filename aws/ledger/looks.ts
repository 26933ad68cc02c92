import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LookItem } from '../../domain/care/look-item.ts';
import { lookKey, withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** Keeps what the last look at a site has seen. */
export async function writeLook(ledger: Ledger, domain: string, look: LookItem): Promise<void> {
  await ledger.documents.send(new PutCommand({ TableName: ledger.table, Item: { ...lookKey(domain), ...look } }));
}

/** Undefined of a site that was not looked at yet: its first look is within six hours after it is live. */
export async function readLook(
  ledger: Ledger,
  { domain, createdAt }: { domain: string; createdAt: string },
): Promise<LookItem | undefined> {
  const { Item } = await ledger.documents.send(new GetCommand({ TableName: ledger.table, Key: lookKey(domain) }));
  const found = Item && withoutKeys<LookItem>(Item);
  return found?.siteCreatedAt === createdAt ? found : undefined;
}
