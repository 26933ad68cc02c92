import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { readTake, type TenantShare } from '../../domain/tenants/share.ts';
import { tenantShareKey } from './keys.ts';
import { type Ledger, written } from './ledger.ts';

/** What the sites of a tenant count for: `pk` "TENANT#tenant", `sk` "SHARE". Its version counts the writes. */
export interface TenantShareItem {
  version: number;
  sites: TenantShare;
}

/** As it was last written; version 0 for a tenant without any. */
export async function readTenantShare(ledger: Ledger, tenant: string): Promise<TenantShareItem> {
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: tenantShareKey(tenant), ConsistentRead: true }),
  );
  const stored = (Item?.['sites'] as TenantShare | undefined) ?? {};
  const sites = Object.entries(stored).map(([domain, site]) => [domain, { ...site, takes: site.takes.map(readTake) }]);
  return { version: (Item?.['version'] as number | undefined) ?? 0, sites: Object.fromEntries(sites) };
}

/** Writes it in place of the version that was read. False when another request has changed it since. */
export function writeTenantShare(
  ledger: Ledger,
  tenant: string,
  { over, sites }: { over: TenantShareItem; sites: TenantShare },
): Promise<boolean> {
  const condition =
    over.version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': over.version } };
  const Item = { ...tenantShareKey(tenant), version: over.version + 1, sites };
  return written(ledger.documents.send(new PutCommand({ TableName: ledger.table, Item, ...condition })));
}
