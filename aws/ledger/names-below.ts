import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { NameItem } from '../../domain/ledger/name-item.ts';
import { sameTenant, tenantValue } from './claim-name.ts';
import { belowKey, nameKey, withoutKeys } from './keys.ts';
import { type Ledger, written } from './ledger.ts';

/**
 * Marks a claimed name under one above it. False when another tenant has claimed that one: then the mark stands, and is the
 * caller's to take away. Whoever reads the name above before it is marked, and claims it afterwards, is refused: of a claim
 * of either one is first, because both write the item of the name above.
 */
export async function markBelow(ledger: Ledger, above: string, claim: NameItem): Promise<boolean> {
  await ledger.documents.send(
    new PutCommand({ TableName: ledger.table, Item: { ...belowKey(above, claim.name), ...claim } }),
  );
  return written(
    ledger.documents.send(
      new UpdateCommand({
        TableName: ledger.table,
        Key: nameKey(above),
        UpdateExpression: 'SET below = :below',
        ConditionExpression: `attribute_not_exists(#domain) OR ${sameTenant(claim)}`,
        ExpressionAttributeNames: { '#domain': 'domain' },
        ExpressionAttributeValues: { ':below': `${claim.name} ${claim.request}`, ...tenantValue(claim) },
      }),
    ),
  );
}

/** The names below one that have been marked there, each with whose it is. */
export async function readBelow(ledger: Ledger, above: string): Promise<NameItem[]> {
  const found: NameItem[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await ledger.documents.send(
      new QueryCommand({
        TableName: ledger.table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :below)',
        ExpressionAttributeValues: { ':pk': nameKey(above).pk, ':below': belowKey(above, '').sk },
        ConsistentRead: true,
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    );
    found.push(...(page.Items ?? []).map((item) => withoutKeys<NameItem>(item)));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return found;
}

/** Takes a mark away, of one request or, without one, whichever put it there. */
export async function unmarkBelow(
  ledger: Ledger,
  above: string,
  { name, domain, request }: Pick<NameItem, 'name' | 'domain'> & { request?: string | undefined },
): Promise<void> {
  const whose = request === undefined ? '' : ' AND #request = :request';
  await written(
    ledger.documents.send(
      new DeleteCommand({
        TableName: ledger.table,
        Key: belowKey(above, name),
        ConditionExpression: `#domain = :domain${whose}`,
        ExpressionAttributeNames: { '#domain': 'domain', ...(request !== undefined && { '#request': 'request' }) },
        ExpressionAttributeValues: { ':domain': domain, ...(request !== undefined && { ':request': request }) },
      }),
    ),
  );
}
