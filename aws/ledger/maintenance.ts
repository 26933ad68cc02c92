import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type MaintenanceItem, noMaintenance } from '../../domain/ledger/maintenance-item.ts';
import { MAINTENANCE_INDEX, maintenanceKey, SITES_INDEX, withoutKeys } from './keys.ts';
import { type Ledger, written } from './ledger.ts';

/** What asks for the maintenance of a site. Nothing of what was asked of a site of the same name before. */
export async function readMaintenance(
  ledger: Ledger,
  site: { domain: string; createdAt: string },
): Promise<MaintenanceItem> {
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: maintenanceKey(site.domain), ConsistentRead: true }),
  );
  const found = Item && withoutKeys<MaintenanceItem>(Item);
  if (!found) return noMaintenance(site);
  return found.siteCreatedAt === site.createdAt ? found : { ...noMaintenance(site), version: found.version };
}

/** Writes it in place of the one that was read. False when another one was written meanwhile, and nothing is written then. */
export function writeMaintenance(
  ledger: Ledger,
  item: Omit<MaintenanceItem, 'version'>,
  { over }: { over: MaintenanceItem },
): Promise<boolean> {
  const { dueAt } = item;
  const due = dueAt === undefined ? {} : { gsi1pk: MAINTENANCE_INDEX.partition, gsi1sk: `${dueAt}#${item.domain}` };
  return written(
    ledger.documents.send(
      new PutCommand({
        TableName: ledger.table,
        Item: { ...maintenanceKey(item.domain), ...due, ...item, version: over.version + 1 },
        ConditionExpression: over.version === 0 ? 'attribute_not_exists(pk)' : 'version = :version',
        ...(over.version > 0 && { ExpressionAttributeValues: { ':version': over.version } }),
      }),
    ),
  );
}

/** The domains of sites whose maintenance is due, the longest due first; at most `limit`. */
export async function dueMaintenance(ledger: Ledger, { now, limit }: { now: Date; limit: number }): Promise<string[]> {
  const { Items = [] } = await ledger.documents.send(
    new QueryCommand({
      TableName: ledger.table,
      IndexName: SITES_INDEX.name,
      KeyConditionExpression: 'gsi1pk = :partition AND gsi1sk <= :now',
      ProjectionExpression: '#domain',
      ExpressionAttributeNames: { '#domain': 'domain' },
      // "$" sorts after the "#" that ends an instant.
      ExpressionAttributeValues: { ':partition': MAINTENANCE_INDEX.partition, ':now': `${now.toISOString()}$` },
      Limit: limit,
    }),
  );
  return Items.map(({ domain }) => String(domain));
}
